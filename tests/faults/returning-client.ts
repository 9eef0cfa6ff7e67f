import type { AnyFrame } from "../support/raw-client.ts";
import { eventually } from "../support/wait.ts";

/** How soon it tries again, in milliseconds. */
const RETRY_MS = 25;

/**
 * A screen that stays open for days: whenever it is cut off it comes back, says where it stopped, and keeps a ledger of
 * what it ever got.
 */
export class ReturningClient implements AsyncDisposable {
  /** The places in the log of the events that it got, over all connections, in the order in which they came. */
  readonly seqs: number[] = [];
  /** What the server said to each return: whether all that was missed had been sent. */
  readonly returns: boolean[] = [];
  /** The codes of the closes. */
  readonly closes: number[] = [];
  readonly #shown: string[] = [];
  #socket: WebSocket | undefined;
  #place: { readonly since: number; readonly epoch: string } | undefined;
  #isReady = false;
  #isOver = false;

  /** `url` of the `conversations` dialect. */
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {
    this.#connect();
  }

  /** Until it is connected and has all that it missed. */
  async ready(): Promise<void> {
    await eventually("a client that is back", () => this.#isReady, 20_000);
  }

  /** Up to where it has seen everything. */
  get since(): number {
    return this.#place?.since ?? 0;
  }

  /** Contents of the messages that it showed, in order. */
  shown(): readonly string[] {
    return this.#shown;
  }

  #connect(): void {
    const socket = new WebSocket(this.url);
    this.#socket = socket;
    socket.onopen = () => {
      const auth = { token: this.token, ...this.#place };
      socket.send(JSON.stringify({ type: "auth", data: auth }));
    };
    // The edge at which a test reads the wire.
    socket.onmessage = ({ data }) => this.#take(JSON.parse(String(data)) as AnyFrame);
    socket.onclose = ({ code }) => {
      this.#isReady = false;
      this.closes.push(code);
      if (!this.#isOver) setTimeout(() => this.#isOver || this.#connect(), RETRY_MS);
    };
  }

  #take(frame: AnyFrame): void {
    if (frame.type === "ready") {
      const { resumed, seq, epoch } = frame.data;
      if (this.#place) this.returns.push(resumed === true);
      this.#place = { since: Number(seq), epoch: String(epoch) };
      this.#isReady = true;
    }
    if (frame.seq === undefined) return;
    if (frame.type !== "tick") this.seqs.push(frame.seq);
    if (frame.type === "message_received" || frame.type === "message_sent") {
      this.#shown.push(String(frame.data["content"]));
    }
    if (this.#place) this.#place = { ...this.#place, since: frame.seq };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    this.#socket?.close();
  }
}
