/** Serves one Socket.IO dialect in its namespace: admits who may come in, then one `SocketConnection` each. */
import type { Namespace, Server, Socket } from "socket.io";

import { Refusal } from "../../contract/errors.ts";
import { limits } from "../limits.ts";
import { sessionOf } from "./engine-connection.ts";
import type { Session } from "./engine/session.ts";
import { admit, readStart } from "./handshake.ts";
import { type ConnectError, connectError } from "./refusals.ts";
import { type Admitted, SocketConnection, type SocketDeps } from "./socket-connection.ts";
import type { SocketDialect } from "./socket-dialect.ts";

/** Lets the clients of a dialect in. `io` is the server that our engine is bound to. */
export function serveNamespace(io: Server, dialect: SocketDialect, deps: SocketDeps): void {
  const namespace: Namespace = io.of(dialect.namespace);
  const commands = dialect.createCommands();
  const admitted = new WeakMap<Socket, Admitted>();
  const asking = new WeakSet<Session>();

  namespace.use((socket, next) => {
    const session = sessionOf(socket);
    // One at a time: a client that asks again before the answer would only have the database look twice.
    if (asking.has(session)) return next(refuse(new Refusal("rate_limited"), deps));
    asking.add(session);
    admission(socket, deps)
      .then((found) => void admitted.set(socket, found))
      .finally(() => asking.delete(session))
      .then(
        () => next(),
        (error: unknown) => next(refuse(error, deps)),
      );
  });

  namespace.on("connection", (socket) => {
    const found = admitted.get(socket);
    const session = sessionOf(socket);
    if (!found) return void socket.disconnect(true);
    session.joined();
    const connection = new SocketConnection(
      deps,
      { dialect, commands },
      { socket, session, admitted: found },
    );
    // No client-chosen name ever reaches an event emitter: `next` is not called.
    socket.use((event) => connection.receive(event));
    socket.on("disconnect", () => {
      session.left();
      connection.closed();
    });
  });
}

/** Throws `Refusal`: as `admitToken`, or `connection_limit`. */
async function admission(socket: Socket, { options }: SocketDeps): Promise<Admitted> {
  const { handshake } = socket;
  const { gatekeeper, registry, clock } = options;
  try {
    const admitted = await admit(gatekeeper, handshake, clock.now());
    if (registry.ofUser(admitted.caller.userId).length >= limits.connectionsPerUser) {
      throw new Refusal("connection_limit");
    }
    return { ...admitted, ...readStart(handshake.auth) };
  } finally {
    // It is read, and may hold 64 KiB of whatever the client likes.
    handshake.auth = {};
  }
}

function refuse(error: unknown, { options }: SocketDeps): ConnectError {
  if (!(error instanceof Refusal)) options.log.error("a realtime handshake failed", { error });
  else if (error.code === "connection_limit") options.metrics.rateLimited();
  else options.metrics.authFailed();
  return connectError(error);
}
