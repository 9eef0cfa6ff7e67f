import type { Caller } from "../auth/caller.ts";
import type { Presence } from "../contract/entities.ts";
import type { CompanyId, UserId } from "../contract/ids.ts";
import { limits, Tally } from "./limits.ts";

/** A change of what others see of a user. */
export interface PresenceChange {
  readonly companyId: CompanyId;
  readonly userId: UserId;
  readonly name: string;
  readonly was: Presence;
  readonly now: Presence;
  readonly cause: "connection" | "choice";
}

export interface PresenceOptions {
  /** Grace after the last connection has gone, in milliseconds. */
  readonly graceMs?: number;
  readonly onChange: (change: PresenceChange) => void;
}

interface Known {
  readonly companyId: CompanyId;
  readonly name: string;
  chosen: Presence;
}

/**
 * Who is here, over all connections and dialects of a user: online with the first, offline when the last has been
 * gone for the grace time. What a user chose by hand shows while he is connected; no connection shows as offline over it.
 */
export class PresenceTracker {
  readonly #connections = new Tally<UserId>();
  readonly #known = new Map<UserId, Known>();
  readonly #leaving = new Map<UserId, Timer>();

  constructor(private readonly options: PresenceOptions) {}

  /** What others see of a user now. */
  of(userId: UserId): Presence {
    return this.#known.get(userId)?.chosen ?? "offline";
  }

  online(companyId: CompanyId): readonly { readonly userId: UserId; readonly presence: Presence }[] {
    return [...this.#known]
      .filter(([, known]) => known.companyId === companyId)
      .map(([userId, known]) => ({ userId, presence: known.chosen }));
  }

  /** A connection of the user has come; `chosen` is the status that he last set by hand. */
  arrive(caller: Caller, chosen: Presence): void {
    const { companyId, userId, name } = caller;
    clearTimeout(this.#leaving.get(userId));
    this.#leaving.delete(userId);
    this.#connections.add(userId);
    if (this.#known.has(userId)) return;
    this.#known.set(userId, { companyId, name, chosen });
    this.#changed(userId, { was: "offline", now: chosen, cause: "connection" });
  }

  /** One of his connections has gone. */
  leave(userId: UserId): void {
    if (this.#connections.remove(userId) > 0 || !this.#known.has(userId)) return;
    const timer = setTimeout(() => this.#depart(userId), this.options.graceMs ?? limits.presenceGraceMs);
    timer.unref();
    this.#leaving.set(userId, timer);
  }

  /** The user set his status by hand. */
  choose(userId: UserId, chosen: Presence): void {
    const known = this.#known.get(userId);
    if (!known || known.chosen === chosen) return;
    const was = known.chosen;
    known.chosen = chosen;
    this.#changed(userId, { was, now: chosen, cause: "choice" });
  }

  /** Timers and users held, for the tests that look for leaks. */
  get size(): number {
    return this.#known.size + this.#leaving.size + this.#connections.size;
  }

  stop(): void {
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
  }

  #depart(userId: UserId): void {
    this.#leaving.delete(userId);
    const known = this.#known.get(userId);
    if (!known) return;
    const { companyId, name, chosen } = known;
    this.#known.delete(userId);
    if (chosen === "offline") return;
    this.options.onChange({ companyId, userId, name, was: chosen, now: "offline", cause: "connection" });
  }

  #changed(userId: UserId, change: Pick<PresenceChange, "was" | "now" | "cause">): void {
    const known = this.#known.get(userId);
    if (!known || change.was === change.now) return;
    this.options.onChange({ companyId: known.companyId, userId, name: known.name, ...change });
  }
}
