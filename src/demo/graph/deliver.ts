import { envelope, type Update } from "./envelope.ts";
import type { World } from "./world.ts";

/** How updates are put into webhooks. */
export interface DeliverOptions {
  /** The number they are for; the only one when left out. */
  readonly phoneNumberId?: string;
  /** Updates per webhook; Meta's limit is 1,000, the default too. */
  readonly batchSize?: number;
  /** How often each webhook is sent, though acknowledged: 1 by default. */
  readonly copies?: number;
  /** Whether updates and webhooks go in a shuffled order. */
  readonly shuffle?: boolean;
  /** Webhooks under way at once: 1 by default. */
  readonly concurrency?: number;
}

/** Webhooks sent, and the attempts that they took. */
export interface DeliverResult {
  readonly webhooks: number;
  readonly attempts: number;
}

/**
 * Tells a number's webhook of `updates` and settles once all are acknowledged.
 * Opens the 24 h window of each customer among them. Throws `WebhookLostError` for a webhook given up.
 */
export async function deliverUpdates(
  world: World,
  updates: readonly Update[],
  options: DeliverOptions = {},
): Promise<DeliverResult> {
  const number =
    options.phoneNumberId === undefined ? world.numbers.only() : world.numbers.require(options.phoneNumberId);
  const { phoneNumberId } = number;
  for (const update of updates) noteInbound(world, phoneNumberId, update);
  const ordered = options.shuffle === true ? world.ids.shuffle(updates) : updates;
  const bodies = chunks(ordered, options.batchSize ?? 1_000).map((chunk) =>
    JSON.stringify(envelope(number, chunk)),
  );
  const copied = Array.from({ length: options.copies ?? 1 }, () => bodies).flat();
  const queue = options.shuffle === true ? world.ids.shuffle(copied) : copied;
  const webhooks = queue.length;
  const lanes = Array.from({ length: options.concurrency ?? 1 }, () => drain(world, phoneNumberId, queue));
  const attempts = await Promise.all(lanes);
  for (const update of updates) {
    const id = update.kind === "message" ? update.message["id"] : undefined;
    if (typeof id === "string") world.feed.publish({ type: "acknowledged", wamid: id });
  }
  return { webhooks, attempts: attempts.reduce((sum, count) => sum + count, 0) };
}

async function drain(world: World, phoneNumberId: string, queue: string[]): Promise<number> {
  let attempts = 0;
  for (let body = queue.shift(); body !== undefined; body = queue.shift()) {
    attempts += await world.webhooks.deliver(() => world.numbers.require(phoneNumberId), body);
  }
  return attempts;
}

/** The customer's phone sent it at this moment, whenever the webhook gets through. */
function noteInbound(world: World, phoneNumberId: string, update: Update): void {
  if (update.kind !== "message") return;
  const { message } = update;
  const now = world.clock.now();
  for (const person of [message["from"], message["from_user_id"]]) {
    if (typeof person === "string") world.numbers.openWindow(phoneNumberId, person, now);
  }
  world.feed.publish({ type: "inbound", phoneNumberId, message });
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
