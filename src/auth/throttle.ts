import { isIPv6 } from "node:net";

import { Refusal } from "../contract/errors.ts";
import type { Clock } from "../lib/clock.ts";

export interface ThrottleOptions {
  /** How many attempts pass within the window. */
  readonly limit?: number;
  readonly windowMs?: number;
  /** How many names are remembered at once; beyond it the ones idle for longest are forgotten. */
  readonly capacity?: number;
}

/**
 * Counts attempts at secrets by name (account, address) in a sliding window, in bounded memory.
 * An attempt is counted before it is judged, so that parallel ones can't slip through, and given back when it was right.
 */
export class Throttle {
  readonly #attempts = new Map<string, number[]>();
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #capacity: number;

  constructor(
    private readonly clock: Clock,
    { limit = 10, windowMs = 60_000, capacity = 20_000 }: ThrottleOptions = {},
  ) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#capacity = capacity;
  }

  /** Counts one attempt under each name, or none. Throws `rate_limited` with `retry_after` in seconds. */
  attempt(names: readonly string[]): void {
    const now = this.clock.now();
    for (const name of names) {
      const recent = this.#recent(name, now);
      const [oldest] = recent;
      if (recent.length >= this.#limit && oldest !== undefined) {
        const retryAfter = Math.max(1, Math.ceil((oldest + this.#windowMs - now) / 1000));
        throw new Refusal("rate_limited", { retry_after: retryAfter });
      }
    }
    for (const name of names) this.#remember(name, [...this.#recent(name, now), now]);
  }

  /** The latest attempt under these names was right: it does not count. */
  giveBack(names: readonly string[]): void {
    for (const name of names) {
      const attempts = this.#attempts.get(name);
      attempts?.pop();
      if (attempts?.length === 0) this.#attempts.delete(name);
    }
  }

  /** Names remembered, for the test that looks at the memory. */
  get size(): number {
    return this.#attempts.size;
  }

  #recent(name: string, now: number): number[] {
    return (this.#attempts.get(name) ?? []).filter((at) => at > now - this.#windowMs);
  }

  /** Moves the name to the end, so that the first of the map is the one idle for longest. */
  #remember(name: string, attempts: number[]): void {
    this.#attempts.delete(name);
    this.#attempts.set(name, attempts);
    if (this.#attempts.size <= this.#capacity) return;
    const [first] = this.#attempts.keys();
    if (first !== undefined) this.#attempts.delete(first);
  }
}

/** The name under which an address is counted: one customer's whole network (/64) for IPv6. */
export function addressName(ip: string): string {
  if (!isIPv6(ip)) return `ip ${ip}`;
  const [head = "", tail = ""] = ip.split("::");
  const front = head.split(":").filter(Boolean);
  const back = ip.includes("::") ? tail.split(":").filter(Boolean) : [];
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  return `ip ${[...front, ...zeros, ...back].slice(0, 4).join(":")}::/64`;
}

/** The name under which an account is counted, whether it exists or not. */
export function accountName(email: string): string {
  return `account ${emailKey(email)}`;
}

/** How an address is compared: a login names no company, so it is unique over all of them. */
export function emailKey(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}
