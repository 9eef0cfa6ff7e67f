/** The same handlers as `peers/node-socketio.mjs`, on our engine and adapter. */
import { z } from "zod";

import { socketIoServer } from "../../conformance/server.ts";

const auth = z.object({ listens: z.boolean() });
const { io, url } = socketIoServer();
io.on("connection", async (socket) => {
  socket.on("publish", (message: unknown) => io.to("room").emit("message", message));
  socket.on("echo", (message: unknown, acknowledge: (message: unknown) => void) => acknowledge(message));
  if (auth.parse(socket.handshake.auth).listens) await socket.join("room");
});
console.log(`listening on ${url}`);
