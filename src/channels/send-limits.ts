import type { ContactId } from "../contract/ids.ts";
import type { SendLimits } from "./channel.ts";

/** Tokens that come back one every `everyMs` (ms), up to `burst`. */
class Bucket {
  #tokens: number;
  #at: number;

  constructor(
    private readonly rate: { readonly burst: number; readonly everyMs: number },
    now: number,
  ) {
    this.#tokens = rate.burst;
    this.#at = now;
  }

  tokens(now: number): number {
    const gained = Math.max(0, now - this.#at) / this.rate.everyMs;
    this.#tokens = Math.min(this.rate.burst, this.#tokens + gained);
    this.#at = Math.max(this.#at, now);
    return this.#tokens;
  }

  take(now: number): void {
    this.#tokens = this.tokens(now) - 1;
  }

  /** When there is a whole token again (ms since 1970). */
  nextAt(now: number): number {
    return now + Math.max(0, Math.ceil((1 - this.tokens(now)) * this.rate.everyMs));
  }

  isFull(now: number): boolean {
    return this.tokens(now) >= this.rate.burst;
  }
}

/** Contacts that are remembered before those who may write freely again are forgotten. */
const SWEEP_AT = 1_000;

/**
 * How fast one channel may send, over all and to each contact. It starts anew with the process: the provider's own
 * refusal (131056) stands behind it.
 */
export class ChannelLimits {
  readonly #all: Bucket;
  readonly #contacts = new Map<ContactId, Bucket>();

  constructor(
    private readonly limits: SendLimits,
    now: number,
  ) {
    this.#all = new Bucket({ burst: limits.perSecond, everyMs: 1000 / limits.perSecond }, now);
  }

  /** How many messages may leave now. */
  available(now: number): number {
    return Math.floor(this.#all.tokens(now));
  }

  take(contact: ContactId, now: number): void {
    this.#all.take(now);
    const bucket = this.#contacts.get(contact) ?? new Bucket(this.limits.recipient, now);
    this.#contacts.set(contact, bucket);
    bucket.take(now);
    if (this.#contacts.size > SWEEP_AT) this.#sweep(now);
  }

  /** Contacts that get nothing now. */
  exhausted(now: number): ContactId[] {
    return [...this.#contacts].filter(([, bucket]) => bucket.tokens(now) < 1).map(([contact]) => contact);
  }

  /** When something that is held back now may leave (ms since 1970); null where nothing is held back. */
  nextAt(now: number): number | null {
    const waits = [...this.#contacts.values()].filter((bucket) => bucket.tokens(now) < 1);
    if (this.available(now) < 1) waits.push(this.#all);
    return waits.length === 0 ? null : Math.min(...waits.map((bucket) => bucket.nextAt(now)));
  }

  #sweep(now: number): void {
    for (const [contact, bucket] of this.#contacts) {
      if (bucket.isFull(now)) this.#contacts.delete(contact);
    }
  }
}
