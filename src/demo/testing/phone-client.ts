import type { Command, Frame, PhoneMessage } from "../phone/protocol.ts";

/** How long a test waits for a frame, in milliseconds. */
const patienceMs = 10_000;

/** The phone's socket as a test holds it: sends commands, waits for frames past or future. */
export class PhoneClient implements Disposable {
  readonly frames: Frame[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener("message", ({ data }) => {
      this.frames.push(JSON.parse(String(data)) as Frame);
      for (const look of this.#waiting) look();
    });
  }

  /** `origin`: of the phone's page. Rejects when the socket is refused. */
  static async open(origin: string): Promise<PhoneClient> {
    const socket = new WebSocket(`${origin.replace("http", "ws")}/socket`);
    const client = new PhoneClient(socket);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error("the phone's socket was refused")));
    await promise;
    return client;
  }

  send(command: Command): void {
    this.socket.send(JSON.stringify(command));
  }

  sendRaw(text: string): void {
    this.socket.send(text);
  }

  /** The first frame from `since` on that `look` gives something for; rejects in the end, naming what it was. */
  async waitFor<T>(what: string, look: (frame: Frame) => T | undefined, since = 0): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const search = () => {
      for (const frame of this.frames.slice(since)) {
        const found = look(frame);
        if (found !== undefined) resolve(found);
      }
    };
    const timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), patienceMs);
    this.#waiting.add(search);
    search();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(search);
    }
  }

  /** A message of one persona's chat, in the first state that `matches`. */
  message(persona: string, matches: (message: PhoneMessage) => boolean, since = 0): Promise<PhoneMessage> {
    const look = (frame: Frame) =>
      frame.type === "message" && frame.persona === persona && matches(frame.message)
        ? frame.message
        : undefined;
    return this.waitFor("a message", look, since);
  }

  /** Takes somebody's phone into the hand; gives what it shows. */
  async take(persona: string): Promise<readonly PhoneMessage[]> {
    const since = this.frames.length;
    this.send({ type: "open", persona });
    return this.waitFor(
      "the chat",
      (frame) => (frame.type === "chat" && frame.persona === persona ? frame.messages : undefined),
      since,
    );
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}

/** Whether a message is this text. */
export function saying(text: string): (message: PhoneMessage) => boolean {
  return ({ content }) => content.type === "text" && content.text === text;
}
