import type { ChannelId } from "../contract/ids.ts";
import type { Context } from "../domain/context.ts";
import { ChannelQueue } from "./channel-queue.ts";
import type { RunningChannel } from "./channel.ts";

/** The outbox of all channels that run: one queue each (channels.md, "Outbox"). */
export class Outbox {
  readonly #queues = new Map<ChannelId, ChannelQueue>();

  constructor(private readonly context: Context) {}

  /** Starts to send what waits on a channel. `account` names the settings with which it was started (`accountOf`). */
  serve(channel: RunningChannel, account: string): void {
    const queue = new ChannelQueue(this.context, channel, account);
    this.#queues.set(channel.id, queue);
    queue.wake();
  }

  /** Ends a channel's queue; see `ChannelQueue.stop`. What waits stays. */
  async leave(id: ChannelId, drainMs: number): Promise<void> {
    const queue = this.#queues.get(id);
    this.#queues.delete(id);
    await queue?.stop(drainMs);
  }

  /** To be called after a commit that may have put something into a channel's queue. */
  wake(id: ChannelId): void {
    this.#queues.get(id)?.wake();
  }

  wakeAll(): void {
    for (const queue of this.#queues.values()) queue.wake();
  }

  async stop(drainMs: number): Promise<void> {
    const ids = [...this.#queues.keys()];
    await Promise.all(ids.map((id) => this.leave(id, drainMs)));
  }
}
