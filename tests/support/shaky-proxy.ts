import { connect, createServer, type Socket } from "node:net";

/** A TCP proxy that can break: nobody says goodbye, and what is under way is lost. */
export interface ShakyProxy extends Disposable {
  /** The same address, by way of the proxy. */
  readonly url: string;
  /** Cuts everything that is connected at this moment. */
  cut(): void;
}

/** Stands between clients and the server at `url` (`http://HOST:PORT`). */
export async function shakyProxy(url: string): Promise<ShakyProxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket, other: () => Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      sockets.delete(socket);
      other().destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    keep(near, () => far);
    keep(far, () => near);
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut,
    [Symbol.dispose]() {
      cut();
      server.close();
    },
  };
}
