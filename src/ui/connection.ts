/**
 * The socket of the agent's app: proves itself, resumes where it stopped, comes back by itself (realtime.md,
 * "Dialect `conversations`", "Resume"). What it cannot do over a socket it does by polling.
 */
import type { Frame, Signal } from "../contract/events.ts";
import type { ConversationId } from "../contract/ids.ts";
import { backoffMs } from "./backoff.ts";
import type { ConnectionOptions, ConnectionState, Cursor } from "./connection-types.ts";
import { Observable } from "./observable.ts";
import { isSignal } from "./signal-frames.ts";

/** After so many sockets that never opened, polling takes over; every so often a socket is tried again. */
const FAILURES_BEFORE_POLLING = 3;
const SOCKET_AGAIN_MS = 60_000;
/** The server pings every 20 s and ticks as often: this long without a frame, the line is dead. */
const SILENCE_MS = 50_000;
/** When somebody comes back to the page, more than one missed tick is doubt enough. */
const DOUBTFUL_MS = 30_000;
/** The server is told of a new token well before the old one ends, so that the line stays up. */
const RENEW_MS = 45_000;
/** A cut shorter than this that brought nothing is not worth a word. */
const BLINK_MS = 1_000;

const close = { unauthorized: 4401, forbidden: 4403, tooMany: 4429 } as const;

export class Connection extends Observable<ConnectionState> {
  readonly #rooms = new Set<ConversationId>();
  #cursor: Cursor | undefined;
  #socket: WebSocket | undefined;
  #ready = false;
  #heardAt = 0;
  #attempt = 0;
  #neverOpened = 0;
  /** Requests get through and sockets don't. */
  #blocked = false;
  #recovered = 0;
  #renew = false;
  #lostAt: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #renewal: ReturnType<typeof setInterval> | undefined;
  #polling: AbortController | undefined;

  constructor(private readonly options: ConnectionOptions) {
    super({ at: "connecting" });
  }

  /** Loads everything, then listens to what happens after it. */
  async start(): Promise<void> {
    try {
      this.#cursor = await this.options.reload();
    } catch {
      this.#retryLater();
      return;
    }
    await this.#open();
  }

  /** For good: signed out. */
  stop(): void {
    this.set({ at: "closed" });
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    clearInterval(this.#renewal);
    this.#polling?.abort();
    this.#socket?.close(1000);
    this.#socket = undefined;
  }

  /** The network is back, or the page is looked at again: not the time to wait out a delay. */
  hurry(): void {
    // A computer that slept wakes with a line that only looks alive.
    if (this.#ready && Date.now() - this.#heardAt > DOUBTFUL_MS) this.#giveUpLine();
    if (this.value.at === "closed" || this.#ready || this.#socket || this.#timer === undefined) return;
    this.#attempt = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#again();
  }

  join(conversationId: ConversationId): void {
    this.#rooms.add(conversationId);
    this.#send("subscribe", { conversation_id: conversationId });
  }

  leave(conversationId: ConversationId): void {
    this.#rooms.delete(conversationId);
    this.#send("unsubscribe", { conversation_id: conversationId });
  }

  typing(conversationId: ConversationId, typing: boolean): void {
    this.#send(typing ? "typing_start" : "typing_stop", { conversation_id: conversationId });
  }

  presence(status: string): void {
    this.#send("presence", { status });
  }

  /** Sends when the line is up; nothing that is sent here matters once it is late. */
  #send(type: string, data: Readonly<Record<string, unknown>>): void {
    if (this.#ready) this.#socket?.send(JSON.stringify({ type, data }));
  }

  async #again(): Promise<void> {
    this.#timer = undefined;
    if (this.value.at === "closed") return;
    await (this.#cursor ? this.#open() : this.start());
  }

  async #open(): Promise<void> {
    const token = await this.options.token(this.#renew).catch(() => null);
    if (this.value.at === "closed") return;
    if (token === null) return this.#retryLater();
    this.#renew = false;
    const socket = new WebSocket(this.options.address);
    let opened = false;
    this.#socket = socket;
    socket.onopen = () => {
      opened = true;
      const { since, epoch } = this.#cursor ?? {};
      const auth = { token, since, epoch, rooms: [...this.#rooms] };
      socket.send(JSON.stringify({ type: "auth", data: auth }));
      this.#heard();
      this.#keepProven(socket, token);
    };
    socket.onmessage = (event: MessageEvent<string>) => {
      if (socket === this.#socket) this.#receive(event.data);
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#closed(event.code, opened);
    };
  }

  #receive(text: string): void {
    this.#heard();
    const frame = JSON.parse(text) as Frame | Signal;
    if (isSignal(frame)) return this.#signal(frame);
    this.#advance(frame.seq);
    if (!this.#ready && frame.type === "message_received") this.#recovered += 1;
    this.options.onFrame(frame);
  }

  #signal(signal: Signal): void {
    switch (signal.type) {
      case "ready":
        return this.#becomeReady(signal.data);
      case "tick":
        this.#advance(signal.data.seq);
        return;
      case "resync":
        void this.#reload();
        return;
      default:
        this.options.onSignal(signal);
    }
  }

  #becomeReady({ seq, epoch, resumed }: { seq: number; epoch: string; resumed: boolean | null }): void {
    this.#ready = true;
    this.#attempt = 0;
    this.#neverOpened = 0;
    this.#blocked = false;
    const recovery = { messages: this.#recovered, completeAt: Date.now() };
    const lostFor = this.#lostAt === null ? 0 : recovery.completeAt - this.#lostAt;
    const worthIt = lostFor > BLINK_MS || (lostFor > 0 && recovery.messages > 0);
    this.#recovered = 0;
    this.#lostAt = null;
    if (resumed === true) this.#cursor = { since: Math.max(seq, this.#cursor?.since ?? 0), epoch };
    else void this.#reload();
    this.set({ at: "connected", recovered: worthIt && resumed === true ? recovery : null });
  }

  /** Loads everything anew while events go on; the store sorts out which is newer. */
  async #reload(): Promise<void> {
    try {
      this.#cursor = await this.options.reload();
    } catch {
      // The next connection asks from nowhere, is told so, and loads again.
      this.#cursor = undefined;
      this.#socket?.close(1000);
    }
  }

  /** Sends each newer token on the same line: it renews, and never replays. */
  #keepProven(socket: WebSocket, first: string): void {
    let sent = first;
    const look = async () => {
      const token = await this.options.token(false).catch(() => null);
      if (token === null || token === sent || socket !== this.#socket || !this.#ready) return;
      sent = token;
      this.#send("auth", { token });
    };
    clearInterval(this.#renewal);
    this.#renewal = setInterval(() => void look(), this.options.renewEveryMs ?? RENEW_MS);
  }

  #advance(seq: number): void {
    if (this.#cursor && seq > this.#cursor.since) this.#cursor = { ...this.#cursor, since: seq };
  }

  #heard(): void {
    this.#heardAt = Date.now();
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#giveUpLine(), SILENCE_MS);
  }

  /** A dead line may take minutes to close by itself. */
  #giveUpLine(): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#closed(1006, true);
    socket.close();
  }

  #closed(code: number, opened: boolean): void {
    clearTimeout(this.#silence);
    clearInterval(this.#renewal);
    this.#socket = undefined;
    this.#ready = false;
    this.#recovered = 0;
    if (this.value.at === "closed") return;
    this.#neverOpened = opened ? 0 : this.#neverOpened + 1;
    this.#renew = code === close.unauthorized || code === close.forbidden;
    // Too many connections or frames: waiting is what the server asked for.
    if (code === close.tooMany) this.#attempt = Math.max(this.#attempt, 5);
    // `onLine` false is sure, true is a guess.
    const offline = navigator.onLine === false;
    if (this.#neverOpened >= FAILURES_BEFORE_POLLING && !offline) void this.#pollForAWhile();
    else this.#retryLater();
  }

  #retryLater(): void {
    if (this.value.at === "closed") return;
    this.#lostAt ??= Date.now();
    this.set({ at: "reconnecting", since: this.#lostAt });
    const delay = (this.options.delay ?? backoffMs)(this.#attempt++);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#again(), delay);
  }

  async #pollForAWhile(): Promise<void> {
    const polling = new AbortController();
    this.#polling = polling;
    // A server that was away looks like a network that blocks sockets. The first request that gets through tells them
    // apart: a socket is tried at once, and only if that fails too is it the sockets.
    const until = this.#blocked ? Date.now() + SOCKET_AGAIN_MS : 0;
    try {
      do {
        this.#cursor ??= await this.options.reload();
        const next = await this.options.poll(this.#cursor, polling.signal);
        this.#cursor = next === "reload" ? await this.options.reload() : next;
        if (this.#blocked) this.set({ at: "polling" });
      } while (Date.now() < until && !polling.signal.aborted);
      this.#blocked = true;
      this.#neverOpened = FAILURES_BEFORE_POLLING - 1;
      if (!polling.signal.aborted) await this.#open();
    } catch {
      this.#blocked = false;
      if (!polling.signal.aborted) this.#retryLater();
    }
  }
}
