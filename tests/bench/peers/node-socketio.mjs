// Socket.IO as it comes, on Node with ws: what the older systems run on.
import { createServer } from "node:http";

import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
/**
 * @param {unknown} message
 * @param {(message: unknown) => void} acknowledge
 */
function echo(message, acknowledge) {
  acknowledge(message);
}

io.on("connection", (socket) => {
  if (socket.handshake.auth.listens) void socket.join("room");
  socket.on("publish", (message) => io.to("room").emit("message", message));
  socket.on("echo", echo);
});
http.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${http.address().port}`));
