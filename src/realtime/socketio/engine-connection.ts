/** A session in the clothes that the unmodified socket.io server expects of an Engine.IO connection. */
import { EventEmitter } from "node:events";

import type { Socket } from "socket.io";

import { MistakeCounter } from "../limits.ts";
import { type Data, packetTypes } from "./engine/packets.ts";
import type { CloseReason, Session, SessionListener } from "./engine/session.ts";

/** `CONNECT_ERROR` of the Socket.IO protocol. */
const CONNECT_ERROR = "4";

/** What socket.io reads of the request that opened the connection. */
interface ConnectionRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly _query: Readonly<Record<string, string>>;
  readonly connection: { readonly encrypted: boolean };
}

/**
 * socket.io uses: `id`, `protocol`, `readyState`, `remoteAddress`, `request`, `transport.name`, `transport.writable`,
 * `write`, `close`, and the events `data`, `error`, `close`.
 */
export class EngineConnection extends EventEmitter implements SessionListener {
  readonly protocol = 4;
  readonly request: ConnectionRequest;
  readonly #refusals = new MistakeCounter();

  constructor(readonly session: Session) {
    super();
    const { url, headers, query, secure } = session.handshake;
    this.request = { url, headers, _query: query, connection: { encrypted: secure } };
    session.listen(this);
  }

  get id(): string {
    return this.session.id;
  }

  get remoteAddress(): string {
    return this.session.handshake.ip;
  }

  get readyState(): "open" | "closed" {
    return this.session.open ? "open" : "closed";
  }

  get transport(): { readonly name: string; readonly writable: boolean } {
    return this.session.transport;
  }

  /** Sends an encoded packet of Socket.IO. Whoever is refused again and again is not worth an answer. */
  write(data: Data): this {
    this.session.send(typeof data === "string" ? packetTypes.message + data : data);
    if (data[0] === CONNECT_ERROR && this.#refusals.tooMany(this.session.now())) this.session.close();
    return this;
  }

  close(): void {
    this.session.close();
  }

  onData(data: Data): void {
    this.emit("data", data);
  }

  onClose(reason: CloseReason): void {
    this.emit("close", reason);
  }
}

/** The session below a socket of socket.io. */
export function sessionOf(socket: Socket): Session {
  const connection: unknown = socket.conn;
  if (!(connection instanceof EngineConnection)) throw new TypeError("a socket without a session of ours");
  return connection.session;
}
