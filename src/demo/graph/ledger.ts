import type { Operation } from "./call.ts";
import type { Feed } from "./feed.ts";
import type { SentMessage } from "./sent-message.ts";

/** One request as it came, and how it ended. */
export interface LedgerRequest {
  readonly operation: Operation;
  readonly phoneNumberId: string | undefined;
  /** The parsed JSON body, if there was one. */
  readonly body: unknown;
  readonly at: number;
  /** An HTTP status, or what a fault did to the answer. */
  outcome: number | "pending" | "hung" | "cut";
}

/** Everything the emulator received: what a test compares with what the product says it sent. */
export class Ledger {
  readonly sent: SentMessage[] = [];
  readonly requests: LedgerRequest[] = [];
  readonly #byWamid = new Map<string, SentMessage>();
  readonly #counts = new Map<string, number>();
  readonly #feed: Feed;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  record(message: SentMessage): void {
    this.sent.push(message);
    this.#byWamid.set(message.wamid, message);
    const { callbackData } = message;
    if (callbackData !== undefined) this.#counts.set(callbackData, this.countOf(callbackData) + 1);
    this.#feed.publish({ type: "sent", message });
  }

  find(wamid: string): SentMessage | undefined {
    return this.#byWamid.get(wamid);
  }

  /** How many messages were accepted with this `biz_opaque_callback_data`: 2 or more is a double send. */
  countOf(callbackData: string): number {
    return this.#counts.get(callbackData) ?? 0;
  }

  /** All of them, for the comparison at the end of a run. */
  counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /**
   * The first accepted message, past or future, that `matches`.
   * Rejects after `deadlineMs` (real time) with an error that lists what did arrive.
   */
  waitForSent(matches: (message: SentMessage) => boolean, deadlineMs = 5_000): Promise<SentMessage> {
    const already = this.sent.find(matches);
    if (already !== undefined) return Promise.resolve(already);
    return new Promise((resolve, reject) => {
      const unsubscribe = this.#feed.subscribe((event) => {
        if (event.type !== "sent" || !matches(event.message)) return;
        clearTimeout(timer);
        unsubscribe();
        resolve(event.message);
      });
      const timer = setTimeout(() => {
        unsubscribe();
        reject(new Error(`no such message within ${deadlineMs} ms; accepted: ${this.#summary()}`));
      }, deadlineMs);
    });
  }

  #summary(): string {
    const last = this.sent.slice(-10).map(({ person, body }) => `${body.type} to ${person}`);
    return last.length === 0 ? "none" : last.join(", ");
  }
}
