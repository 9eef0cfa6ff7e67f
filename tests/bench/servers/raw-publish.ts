/** Bun's `server.publish` and no more of Socket.IO than lets a client in: what a fan-out can be at most. */
const sid = "AAAAAAAAAAAAAAAAAAAA";
const open = `0{"sid":"${sid}","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":65536}`;
const event = '42["publish",';

const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch: (request, self) => (self.upgrade(request) ? undefined : new Response(null, { status: 426 })),
  websocket: {
    perMessageDeflate: false,
    open: (socket) => void socket.send(open),
    message(socket, packet) {
      const text = String(packet);
      if (text.startsWith("40")) {
        if (text.includes('"listens":true')) socket.subscribe("room");
        socket.send(`40{"sid":"${sid}"}`);
      } else if (text.startsWith(event)) server.publish("room", `42["message",${text.slice(event.length)}`);
    },
  },
});
console.log(`listening on ${server.url.origin}`);
