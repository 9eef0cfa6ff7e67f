import type { ChannelId } from "../contract/ids.ts";
import { type ChannelRecord, readRecord } from "../domain/channels/record.ts";
import { findByExternalKey } from "../domain/channels/store.ts";
import type { Context } from "../domain/context.ts";

/**
 * Channels with their secrets open, kept in memory: a webhook's signature is checked without a query. What changed
 * has to be forgotten (`forget`), which the runtime does on every event of a channel.
 */
export class ChannelDirectory {
  readonly #records = new Map<ChannelId, ChannelRecord>();
  /** Counts what was forgotten, so that a read that began before doesn't bring back the old. */
  #generation = 0;

  constructor(private readonly context: Context) {}

  /** Undefined for one that doesn't exist (any more). */
  async get(id: ChannelId): Promise<ChannelRecord | undefined> {
    const known = this.#records.get(id);
    if (known) return known;
    const generation = this.#generation;
    const record = await readRecord(this.context, id);
    // Only what exists is kept: made-up ids must not fill the memory.
    if (record && generation === this.#generation) this.#records.set(id, record);
    return record;
  }

  /** The same company's channels of a kind that the provider calls so (`phone_number_id`). */
  async named(of: Pick<ChannelRecord, "companyId" | "kind">, externalKey: string): Promise<ChannelRecord[]> {
    const cached = [...this.#records.values()].filter(
      (record) =>
        record.companyId === of.companyId && record.kind === of.kind && record.externalKey === externalKey,
    );
    if (cached.length > 0) return cached;
    const { kind } = of;
    const ids = await this.context.sql.read((tx) =>
      findByExternalKey(tx, of.companyId, { kind, externalKey }),
    );
    const records = await Promise.all(ids.map((id) => this.get(id)));
    return records.filter((record) => record !== undefined);
  }

  forget(id: ChannelId): void {
    this.#generation += 1;
    this.#records.delete(id);
  }
}
