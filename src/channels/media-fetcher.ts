import type { ChannelId } from "../contract/ids.ts";
import { BlobTooLarge, type StoredBlob } from "../db/blob-files.ts";
import { findNextPending, findPendingFile, type PendingFile } from "../domain/attachments/fetch-store.ts";
import { fileFetched, fileUnfetched } from "../domain/attachments/fetched.ts";
import type { Context } from "../domain/context.ts";
import { type Backoff, backoffMs } from "../lib/retry.ts";
import type { RunningChannel } from "./channel.ts";

/** Of one channel at once, so that a dead provider's don't take every place; and of all together. */
const MOST_OF_A_CHANNEL = 4;
const MOST = 16;
/** WhatsApp's own limit for a document. */
const LARGEST_FILE_BYTES = 100 * 1024 * 1024;
/** A provider keeps a file for weeks; who can't get it in two days has another problem. */
const GIVE_UP_MS = 48 * 60 * 60 * 1000;
const backoff: Backoff = { firstMs: 2_000, longestMs: 30 * 60 * 1000 };
const SHORTEST_TIMER_MS = 20;
const LONGEST_TIMER_MS = 60_000;
const AFTER_TROUBLE_MS = 2_000;

/** How one try ended, before it is written down. */
type Fetched =
  | { readonly ok: true; readonly stored: StoredBlob }
  | { readonly ok: false; readonly permanent: boolean; readonly reason: string };

/** Brings customers' files from the providers into our own store, after their messages were committed. */
export class MediaFetcher {
  readonly #busy = new Map<
    PendingFile["id"],
    { readonly channelId: ChannelId; readonly done: Promise<void> }
  >();
  readonly #abort = new AbortController();
  #timer: Timer | undefined;
  #pumping: Promise<void> | undefined;
  #wanted = false;

  constructor(
    private readonly context: Context,
    /** The channel, where it runs. */
    private readonly running: (id: ChannelId) => RunningChannel | undefined,
  ) {}

  /** A file may be due. Costs nothing when called often. */
  wake(): void {
    this.#wanted = true;
    if (!this.#abort.signal.aborted) this.#pumping ??= this.#pump();
  }

  /** What is half fetched is fetched again after the next start. */
  async stop(): Promise<void> {
    this.#abort.abort();
    clearTimeout(this.#timer);
    await this.#pumping;
    await Promise.all([...this.#busy.values()].map(({ done }) => done));
  }

  async #pump(): Promise<void> {
    try {
      while (this.#wanted && !this.#abort.signal.aborted) {
        this.#wanted = false;
        await this.#startSome();
      }
    } catch (error) {
      this.context.log.error("files to be fetched can't be read; trying again", { error });
      this.#later(AFTER_TROUBLE_MS);
    } finally {
      this.#pumping = undefined;
    }
    if (this.#wanted) this.wake();
  }

  async #startSome(): Promise<void> {
    // Whoever is done looks again.
    while (this.#busy.size < MOST && !this.#abort.signal.aborted) {
      const now = this.context.clock.now();
      const without = { files: [...this.#busy.keys()], channels: this.#fullChannels() };
      const file = await this.context.sql.read((tx) => findPendingFile(tx, { now, without }));
      if (!file) return this.#rest(now);
      this.#start(file);
    }
  }

  #start(file: PendingFile): void {
    const done = this.#fetch(file).finally(() => {
      this.#busy.delete(file.id);
      this.wake();
    });
    this.#busy.set(file.id, { channelId: file.channel_id, done });
  }

  #fullChannels(): ChannelId[] {
    const counts = new Map<ChannelId, number>();
    for (const { channelId } of this.#busy.values()) counts.set(channelId, (counts.get(channelId) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= MOST_OF_A_CHANNEL).map(([id]) => id);
  }

  /** Comes back when the next file falls due. */
  async #rest(now: number): Promise<void> {
    const next = await this.context.sql.read((tx) => findNextPending(tx, now));
    if (next !== null) this.#later(next - now);
  }

  async #fetch(file: PendingFile): Promise<void> {
    try {
      const fetched = await this.#tryFetch(file);
      if (fetched.ok) await fileFetched(this.context, file, fetched.stored);
      else if (!this.#abort.signal.aborted) await this.#retry(file, fetched);
    } catch (error) {
      this.context.log.error("a fetched file can't be noted; trying again", { attachment: file.id, error });
      // The row is still due: without a pause the same would happen at once.
      await Bun.sleep(AFTER_TROUBLE_MS);
    }
  }

  async #tryFetch(file: PendingFile): Promise<Fetched> {
    const channel = this.running(file.channel_id);
    if (!channel) return { ok: false, permanent: false, reason: "the channel does not run" };
    // Written from a `RemoteFile` of the same channel, and checked by it once more.
    const source = JSON.parse(file.source) as Readonly<Record<string, string>>;
    const answer = await channel.fetchFile(source, this.#abort.signal);
    if (!answer.ok) return answer;
    try {
      const stored = await this.context.blobs.put(answer.bytes, LARGEST_FILE_BYTES);
      if (answer.sha256 === null || answer.sha256 === stored.sha256) return { ok: true, stored };
      // Nothing names these bytes; a sibling that is really so would have been stored under the same name.
      return { ok: false, permanent: false, reason: "the file is not what the provider announced" };
    } catch (error) {
      const isTooLarge = error instanceof BlobTooLarge;
      return {
        ok: false,
        permanent: isTooLarge,
        reason: error instanceof Error ? error.message : "the file did not arrive",
      };
    }
  }

  async #retry(file: PendingFile, end: Extract<Fetched, { ok: false }>): Promise<void> {
    const now = this.context.clock.now();
    const isOver = end.permanent || now - file.created_at >= GIVE_UP_MS;
    const dueAt = isOver ? null : now + backoffMs(file.attempts + 1, backoff);
    if (isOver) this.context.log.warn("a file is given up", { attachment: file.id, reason: end.reason });
    await fileUnfetched(this.context, file, { error: end.reason, dueAt });
  }

  #later(delayMs: number): void {
    clearTimeout(this.#timer);
    if (this.#abort.signal.aborted) return;
    const delay = Math.min(Math.max(delayMs, SHORTEST_TIMER_MS), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => this.wake(), delay);
    this.#timer.unref();
  }
}
