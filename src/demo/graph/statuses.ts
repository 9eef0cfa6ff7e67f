import type { Clock } from "../../lib/clock.ts";
import { envelope, type Update } from "./envelope.ts";
import { webhookError } from "./errors.ts";
import type { Feed } from "./feed.ts";
import type { Ledger } from "./ledger.ts";
import type { Numbers } from "./numbers.ts";
import type { SentMessage } from "./sent-message.ts";
import type { WebhookSender } from "./webhooks.ts";

export type StatusName = "sent" | "delivered" | "read" | "played" | "failed";

/** Milliseconds after the step before, or "off": then it comes only when asked for. */
export interface StatusPolicy {
  readonly sent: number | "off";
  readonly delivered: number | "off";
  readonly read: number | "off";
}

interface StatusFlowParts {
  readonly clock: Clock;
  readonly numbers: Numbers;
  readonly ledger: Ledger;
  readonly feed: Feed;
  readonly webhooks: WebhookSender;
}

/** Tells the business what became of its messages. */
export class StatusFlow {
  readonly #timers = new Set<Timer>();
  readonly #reported = new Set<string>();
  #stopped = false;

  constructor(
    private readonly parts: StatusFlowParts,
    public policy: StatusPolicy,
  ) {}

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Starts the flow of an accepted message; each step waits for the one before to be acknowledged. */
  start(message: SentMessage): void {
    if (message.failure !== undefined) {
      const code = message.failure;
      this.#later(message, 0, () => this.push(message.wamid, "failed", code));
      return;
    }
    // Of a reaction Meta reports only that it was sent.
    const steps: StatusName[] = message.body.type === "reaction" ? ["sent"] : ["sent", "delivered", "read"];
    this.#walk(message, steps);
  }

  /**
   * Reports one status now. Settles once acknowledged; throws for an unknown id, or `WebhookLostError`.
   * `code`: the reason of `failed`, 131000 if not given.
   */
  async push(wamid: string, status: StatusName, code?: number): Promise<void> {
    const { numbers, webhooks, feed } = this.parts;
    const { phoneNumberId } = this.#require(wamid);
    const body = envelope(numbers.require(phoneNumberId), [this.update(wamid, status, code)]);
    await webhooks.deliver(() => numbers.require(phoneNumberId), JSON.stringify(body));
    this.#reported.add(`${wamid} ${status}`);
    feed.publish({ type: "status", wamid, status });
  }

  /** Whether this status was reported and acknowledged. */
  wasReported(wamid: string, status: StatusName): boolean {
    return this.#reported.has(`${wamid} ${status}`);
  }

  /** Settles once any of `statuses` was reported and acknowledged; rejects after `deadlineMs` (real time). */
  waitFor(wamid: string, statuses: readonly StatusName[], deadlineMs = 5_000): Promise<void> {
    const isThere = () => statuses.some((status) => this.wasReported(wamid, status));
    if (isThere()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        unsubscribe();
      };
      const unsubscribe = this.parts.feed.subscribe(() => {
        if (!isThere()) return;
        end();
        resolve();
      });
      const timer = setTimeout(() => {
        end();
        reject(new Error(`not ${statuses.join(" or ")} within ${deadlineMs} ms: ${wamid}`));
      }, deadlineMs);
    });
  }

  /** The same as an update for a batch. */
  update(wamid: string, status: StatusName, code?: number): Update {
    const message = this.#require(wamid);
    const seconds = Math.floor(this.parts.clock.now() / 1000);
    const isBsuid = /^[A-Z]{2}\./.test(message.person);
    return {
      kind: "status",
      status: {
        id: wamid,
        status,
        timestamp: String(seconds),
        ...(isBsuid ? { recipient_user_id: message.person } : { recipient_id: message.person }),
        ...(status === "sent" || status === "delivered" ? billing(message, status, seconds) : {}),
        ...(message.callbackData === undefined ? {} : { biz_opaque_callback_data: message.callbackData }),
        ...(status === "failed" ? { errors: [webhookError(code ?? 131000)] } : {}),
      },
    };
  }

  #walk(message: SentMessage, steps: readonly StatusName[]): void {
    const [step, ...rest] = steps;
    if (step === undefined || step === "failed" || step === "played") return;
    const wait = this.policy[step];
    if (wait === "off") {
      this.#walk(message, rest);
      return;
    }
    this.#later(message, wait, async () => {
      await this.push(message.wamid, step);
      this.#walk(message, rest);
    });
  }

  #later(message: SentMessage, ms: number, action: () => Promise<void>): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action().catch((error: unknown) => this.#report(message, error));
    }, ms);
    this.#timers.add(timer);
  }

  #report(message: SentMessage, error: unknown): void {
    if (this.#stopped) return;
    const reason = error instanceof Error ? error.message : "unknown";
    this.parts.feed.publish({ type: "webhook_lost", phoneNumberId: message.phoneNumberId, reason });
  }

  #require(wamid: string): SentMessage {
    const message = this.parts.ledger.find(wamid);
    if (message === undefined) throw new Error(`the emulator did not accept ${wamid}`);
    return message;
  }
}

/** Price and conversation as Meta reports them with `sent` and `delivered`. */
function billing(
  message: SentMessage,
  status: "sent" | "delivered",
  seconds: number,
): Record<string, unknown> {
  const { category } = message;
  const isTemplate = category !== "service";
  const expiry = status === "sent" ? { expiration_timestamp: String(seconds + 24 * 60 * 60) } : {};
  const id = new Bun.CryptoHasher("md5")
    .update(`${message.phoneNumberId} ${message.person} ${category}`)
    .digest("hex");
  return {
    conversation: { id, ...expiry, origin: { type: category } },
    pricing: {
      billable: isTemplate,
      pricing_model: "PMP",
      type: isTemplate ? "regular" : "free_customer_service",
      category,
    },
  };
}
