/** The least of a client of Engine.IO: single requests and a bare socket, to send what no library would. */
import { eventually } from "../support/wait.ts";

export interface Poller {
  readonly sid: string;
  /** One poll; its status and body. */
  poll(): Promise<{ readonly status: number; readonly body: string }>;
  /** One request with packets. */
  push(body: string): Promise<{ readonly status: number; readonly body: string }>;
}

export interface OpenData {
  readonly sid: string;
  readonly upgrades: readonly string[];
  readonly pingInterval: number;
  readonly pingTimeout: number;
  readonly maxPayload: number;
}

/** Opens a session by polling. `endpoint` is the address with its path. */
export async function openPolling(endpoint: string): Promise<Poller> {
  const opened = await fetch(`${endpoint}?EIO=4&transport=polling`);
  const { sid } = JSON.parse((await opened.text()).slice(1)) as OpenData;
  const address = `${endpoint}?EIO=4&transport=polling&sid=${sid}`;
  const ask = async (init: RequestInit) => {
    const answer = await fetch(address, init);
    return { status: answer.status, body: await answer.text() };
  };
  return { sid, poll: () => ask({}), push: (body) => ask({ method: "POST", body }) };
}

/** A WebSocket that keeps what it hears, in order. */
export class Wire implements Disposable {
  readonly heard: (string | Uint8Array)[] = [];
  readonly socket: WebSocket;
  closed = false;
  opened = false;

  constructor(endpoint: string, query = "EIO=4&transport=websocket") {
    this.socket = new WebSocket(`${endpoint.replace(/^http/, "ws")}?${query}`);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => {
      this.opened = true;
    };
    this.socket.onmessage = ({ data }) =>
      this.heard.push(typeof data === "string" ? data : new Uint8Array(data as ArrayBuffer));
    this.socket.onclose = () => {
      this.closed = true;
    };
  }

  send(packet: string | Uint8Array<ArrayBuffer>): void {
    this.socket.send(packet);
  }

  /** The next packet that nobody has taken. */
  async next(): Promise<string | Uint8Array> {
    await eventually("a packet", () => this.heard.length > 0);
    return this.heard.shift() ?? "";
  }

  async open(): Promise<this> {
    await eventually("the socket to open", () => this.opened);
    return this;
  }

  async untilClosed(): Promise<void> {
    await eventually("the socket to close", () => this.closed);
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}
