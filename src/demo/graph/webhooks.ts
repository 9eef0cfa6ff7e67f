import type { NumberSettings } from "./numbers.ts";
import { signBody } from "./signature.ts";

/** How a webhook that isn't answered 200 is sent again. Times in milliseconds. */
export interface Redelivery {
  /** Wait before the second attempt; doubles each time. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** After this the webhook is given up (Meta: 7 days). */
  readonly deadlineMs: number;
  /** How long one attempt may take. */
  readonly timeoutMs: number;
}

export const usualRedelivery: Redelivery = {
  firstWaitMs: 50,
  longestWaitMs: 2_000,
  deadlineMs: 30_000,
  timeoutMs: 10_000,
};

/** How one attempt ended; `status` 0 means that no answer came. */
export interface Attempt {
  readonly status: number;
  readonly body: string;
}

/** The product did not answer 200 in time. */
export class WebhookLostError extends Error {
  constructor(
    readonly attempts: number,
    readonly last: Attempt,
  ) {
    super(
      `webhook not acknowledged after ${attempts} attempts; last answer ${last.status} ${last.body.slice(0, 200)}`,
    );
  }
}

/** Headers that replace the usual ones; a `null` leaves one out. For tests of bad input. */
export type HeaderChanges = Readonly<Record<string, string | null>>;

/** Posts signed webhooks and repeats them as Meta does, until stopped. */
export class WebhookSender {
  readonly #stopped = new AbortController();
  readonly #ended = Promise.withResolvers<void>();

  constructor(private readonly redelivery: Redelivery) {}

  stop(): void {
    this.#stopped.abort();
    this.#ended.resolve();
  }

  /** One attempt, signed over exactly these bytes. Never throws: see `Attempt`. */
  async attempt(number: NumberSettings, body: string, headers: HeaderChanges = {}): Promise<Attempt> {
    if (number.webhookUrl === undefined) return { status: 0, body: "no webhook address is set" };
    const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(this.redelivery.timeoutMs)]);
    try {
      const response = await fetch(number.webhookUrl, {
        method: "POST",
        headers: headersFor(number, body, headers),
        body,
        signal,
        redirect: "manual",
      });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      return { status: 0, body: error instanceof Error ? error.message : "no answer" };
    }
  }

  /**
   * Posts until the answer is 200. The number is asked for anew each time, since its address may change.
   * Returns the number of attempts; throws `WebhookLostError` at the deadline or when stopped.
   */
  async deliver(number: () => NumberSettings, body: string): Promise<number> {
    const deadline = performance.now() + this.redelivery.deadlineMs;
    let wait = this.redelivery.firstWaitMs;
    for (let attempts = 1; ; attempts += 1) {
      const answer = await this.attempt(number(), body);
      if (answer.status === 200) return attempts;
      if (this.#stopped.signal.aborted || performance.now() + wait > deadline) {
        throw new WebhookLostError(attempts, answer);
      }
      await Promise.race([Bun.sleep(wait), this.#ended.promise]);
      wait = Math.min(wait * 2, this.redelivery.longestWaitMs);
    }
  }
}

function headersFor(number: NumberSettings, body: string, changes: HeaderChanges): Headers {
  const headers = new Headers({
    "content-type": "application/json",
    "user-agent": "facebookexternalua",
    "x-hub-signature-256": signBody(body, number.appSecret),
  });
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return headers;
}
