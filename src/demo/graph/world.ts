import type { Clock } from "../../lib/clock.ts";
import type { Faults } from "./faults.ts";
import type { Feed } from "./feed.ts";
import type { IdSource } from "./ids.ts";
import type { Ledger } from "./ledger.ts";
import type { MediaStore } from "./media-store.ts";
import type { Numbers } from "./numbers.ts";
import type { StatusFlow } from "./statuses.ts";
import type { WebhookSender } from "./webhooks.ts";

/** What a free-form message outside the customer's 24 h meets. Meta accepts it and then reports 131047. */
export type OutsideWindow = "failed_status" | "error" | "allow";

/** Everything that one emulator consists of, handed to its parts. */
export interface World {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly numbers: Numbers;
  readonly media: MediaStore;
  readonly ledger: Ledger;
  readonly feed: Feed;
  readonly faults: Faults;
  readonly webhooks: WebhookSender;
  readonly statuses: StatusFlow;
  readonly waIdOf: (digits: string) => string;
  readonly outsideWindow: OutsideWindow;
}

/** Whole seconds since 1970 as a string: how webhooks tell the time. */
export function timestamp(clock: Clock): string {
  return String(Math.floor(clock.now() / 1000));
}
