import type { Server, Socket } from "socket.io";

/** Makes a server say back what it hears, in two namespaces; nobody gets into `/closed`. */
export function behave(io: Server): void {
  for (const name of ["/", "/atendimento"]) io.of(name).on("connection", serve);
  io.of("/closed").use((_socket, next) => {
    next(Object.assign(new Error("Token inválido"), { data: { code: "token_invalid" } }));
  });
}

/** Echoes, rooms, questions to the client, and the door. */
function serve(socket: Socket): void {
  socket.on("echo", (...args: unknown[]) => {
    const ack = args.pop() as (...args: unknown[]) => void;
    ack(...args);
  });
  socket.on("join", async (room: string, ack: () => void) => {
    await socket.join(room);
    ack();
  });
  socket.on("leave", async (room: string, ack: () => void) => {
    await socket.leave(room);
    ack();
  });
  socket.on("others", (room: string, text: string) => socket.to(room).emit("said", text));
  socket.on("numbers", (count: number) => {
    for (let number = 0; number < count; number += 1) socket.emit("number", number);
  });
  socket.on("ask-me", async () => {
    socket.emit("told", await socket.emitWithAck("question"));
  });
  socket.on("throw-me-out", () => void socket.disconnect(true));
}
