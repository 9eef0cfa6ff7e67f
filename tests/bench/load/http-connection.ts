import type { Socket } from "bun";

export interface Answered {
  readonly status: number;
  /** Milliseconds from when it was due (or sent, where nothing was due) to the last byte of the answer. */
  readonly ms: number;
}

const headEnd = Buffer.from("\r\n\r\n");

/**
 * A keep-alive connection that has one request under way: raw bytes out, only as much of the answer looked at as tells
 * its end. So that what is measured is the server, not the client.
 */
export class HttpConnection {
  #socket: Socket | undefined;
  #received: Buffer = Buffer.alloc(0);
  #due = 0;
  #unsent: Uint8Array = new Uint8Array();
  isBusy = false;

  private constructor(private readonly onAnswer: (connection: HttpConnection, answered: Answered) => void) {}

  static async open(port: number, onAnswer: HttpConnection["onAnswer"]): Promise<HttpConnection> {
    const connection = new HttpConnection(onAnswer);
    connection.#socket = await Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: {
        data: (_, chunk) => connection.#take(chunk),
        drain: () => connection.#write(connection.#unsent),
        close: () => {
          if (connection.isBusy) throw new Error("the server closed a connection with a request under way");
        },
      },
    });
    return connection;
  }

  /** Sends a request; `due` by `performance.now()`. Throws when one is under way. */
  send(request: Uint8Array, due: number = performance.now()): void {
    if (this.isBusy) throw new Error("a request is under way");
    this.isBusy = true;
    this.#due = due;
    this.#write(request);
  }

  close(): void {
    this.isBusy = false;
    this.#socket?.end();
  }

  #write(bytes: Uint8Array): void {
    const written = this.#socket?.write(bytes) ?? 0;
    this.#unsent = bytes.subarray(written);
  }

  #take(chunk: Buffer): void {
    // Bun reuses the chunk's memory after the callback: what is kept must be a copy.
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const status = this.#finishedStatus();
    if (status === undefined) {
      this.#received = Buffer.from(this.#received);
      return;
    }
    this.#received = Buffer.alloc(0);
    this.isBusy = false;
    this.onAnswer(this, { status, ms: performance.now() - this.#due });
  }

  /** The status, once the answer is here whole. */
  #finishedStatus(): number | undefined {
    const end = this.#received.indexOf(headEnd);
    if (end === -1) return undefined;
    const head = this.#received.toString("latin1", 0, end);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#received.length < end + headEnd.length + length) return undefined;
    return Number(head.slice(9, 12));
  }
}
