import type { ServerWebSocket } from "bun";

import type { SocketData, SocketHandler } from "../../socket.ts";
import { packetTypes } from "./packets.ts";
import type { Probe, Session } from "./session.ts";
import { SocketTransport } from "./socket-transport.ts";
import type { Topics } from "./topics.ts";

const PROBE = `${packetTypes.ping}probe`;
const PROBE_ANSWER = `${packetTypes.pong}probe`;

/** A WebSocket that carries a session of its own from the start. */
export class FirstSocket implements SocketHandler {
  #session: Session | undefined;
  #transport: SocketTransport | undefined;

  constructor(
    private readonly topics: Topics,
    private readonly begin: (transport: SocketTransport) => Session,
  ) {}

  open(ws: ServerWebSocket<SocketData>): void {
    this.#transport = new SocketTransport(ws, this.topics);
    this.#session = this.begin(this.#transport);
  }

  message(_ws: ServerWebSocket<SocketData>, message: string | Uint8Array): void {
    this.#session?.receive(message);
  }

  drain(): void {
    this.#transport?.onDrain();
  }

  pong(): void {}

  close(): void {
    this.#session?.gone();
    this.#transport?.onDrain();
  }
}

/** A WebSocket by which a polling session wants to go on: `2probe`, `3probe`, `5`, then it carries the session. */
export class UpgradeSocket implements SocketHandler, Probe {
  #ws: ServerWebSocket<SocketData> | undefined;
  #probed = false;
  #transport: SocketTransport | undefined;

  constructor(
    private readonly topics: Topics,
    private readonly session: Session,
  ) {}

  open(ws: ServerWebSocket<SocketData>): void {
    this.#ws = ws;
    if (!this.session.beginUpgrade(this)) ws.close();
  }

  message(ws: ServerWebSocket<SocketData>, message: string | Uint8Array): void {
    if (this.#transport) this.session.receive(message);
    else if (message === PROBE) this.#probe(ws);
    else if (message === packetTypes.upgrade && this.#probed) this.#takeOver(ws);
    else ws.close();
  }

  drain(): void {
    this.#transport?.onDrain();
  }

  pong(): void {}

  close(): void {
    if (!this.#transport) return this.session.abandonUpgrade(this);
    this.session.gone();
    this.#transport.onDrain();
  }

  abandon(): void {
    this.#ws?.close();
  }

  #probe(ws: ServerWebSocket<SocketData>): void {
    this.#probed = true;
    ws.send(PROBE_ANSWER);
    this.session.answerProbe(this);
  }

  #takeOver(ws: ServerWebSocket<SocketData>): void {
    const transport = new SocketTransport(ws, this.topics);
    if (!this.session.upgrade(this, transport)) return ws.close();
    this.#transport = transport;
  }
}
