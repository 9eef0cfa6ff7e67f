import { apply, emptyState, type State } from "../../src/contract/apply.ts";
import type { Frame } from "../../src/contract/events.ts";
import { type AnyFrame, RawClient } from "../support/raw-client.ts";
import type { Office, Seat } from "./office.ts";
import { loadAll, type Loaded } from "./snapshot.ts";

/** What somebody sees who loaded once and has lived on events since; loads again only when he is told to. */
export interface Screen {
  readonly seat: Seat;
  /** How it gets its events, for the messages of failures. */
  readonly kind: string;
  readonly state: State;
  /** The last event that it had. */
  readonly seq: number;
  /** How often it was told to load everything anew. */
  readonly reloads: number;
  /** Takes in what is there. */
  catchUp(): Promise<void>;
  /** Opens the threads that came since, as the one who looks at them does. */
  open(threads: State["threads"]): void;
}

/** Lives on `GET /events`: what it gets is rendered when it asks. */
export class PollingScreen implements Screen {
  readonly kind = "polling";
  state = emptyState;
  seq = 0;
  reloads = -1;
  #epoch = "";

  constructor(
    private readonly office: Office,
    readonly seat: Seat,
  ) {}

  async catchUp(): Promise<void> {
    if (this.reloads < 0) await this.#reload();
    for (let more = true; more;) {
      const query = `since=${this.seq}&epoch=${this.#epoch}&limit=500&wait=0`;
      const { body } = await this.office.ask(this.seat, `GET /api/v1/events?${query}`);
      // The edge at which a test reads the wire.
      const answer = body as { resumed: boolean; more: boolean; seq: number; events: readonly Frame[] };
      if (!answer.resumed) await this.#reload();
      else {
        this.state = answer.events.reduce(apply, this.state);
        this.seq = answer.seq;
      }
      more = answer.more;
    }
  }

  open(threads: State["threads"]): void {
    this.state = { ...this.state, threads: new Map([...threads, ...this.state.threads]) };
  }

  async #reload(): Promise<void> {
    const loaded = await loadAll(this.office, this.seat);
    this.state = loaded.state;
    this.seq = loaded.seq;
    this.#epoch = loaded.epoch;
    this.reloads += 1;
  }
}

const sequenced = (frame: AnyFrame): frame is AnyFrame & Frame =>
  frame.seq !== undefined && frame.type !== "tick";

/** Lives on a socket: what it gets is what was published. Cut off and back again by `drop`. */
export class SocketScreen implements Screen, AsyncDisposable {
  readonly kind = "socket";
  state = emptyState;
  seq = 0;
  reloads = -1;
  #epoch = "";
  #client: RawClient | undefined;
  #read = 0;

  constructor(
    private readonly office: Office,
    readonly seat: Seat,
  ) {}

  async catchUp(): Promise<void> {
    const client = this.#client ?? (await this.#connect());
    const frames = client.frames.slice(this.#read);
    this.#read += frames.length;
    if (frames.some(({ type }) => type === "resync")) await this.#reload();
    for (const frame of frames) {
      if (!sequenced(frame) || frame.seq <= this.seq) continue;
      this.state = apply(this.state, frame);
      this.seq = frame.seq;
    }
  }

  open(threads: State["threads"]): void {
    this.state = { ...this.state, threads: new Map([...threads, ...this.state.threads]) };
  }

  /** Loses the connection; the next `catchUp` comes back to where it stopped. */
  async drop(): Promise<void> {
    await this.catchUp();
    this.#client?.socket.terminate();
    this.#client = undefined;
  }

  async #connect(): Promise<RawClient> {
    if (this.reloads < 0) await this.#reload();
    const { server, people } = this.office;
    const url = `${server.url.replace("http", "ws")}/api/v1/conversations/ws`;
    const auth = { token: people[this.seat].token, since: this.seq, epoch: this.#epoch };
    const client = new RawClient(url, { auth });
    const ready = await client.waitFor("ready");
    if (ready.data["resumed"] !== true) await this.#reload();
    this.#client = client;
    this.#read = 0;
    return client;
  }

  async #reload(): Promise<void> {
    const loaded: Loaded = await loadAll(this.office, this.seat);
    this.state = loaded.state;
    this.seq = loaded.seq;
    this.#epoch = loaded.epoch;
    this.reloads += 1;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client?.[Symbol.asyncDispose]();
  }
}
