import { removeOldSessions } from "../auth/sessions.ts";
import type { Context } from "../domain/context.ts";
import { removeOldEvents } from "../events/log.ts";

const HOUR_MS = 60 * 60 * 1000;

/** What has to be done now and then: old events and ended sessions go. */
export function startHousekeeping(
  context: Context,
  { eventDays }: { readonly eventDays: number },
): { stop(): void } {
  const tidy = () => {
    removeOldEvents(context.sql, context.clock, eventDays).catch((error: unknown) => {
      context.log.warn("old events could not be removed", { error });
    });
    removeOldSessions(context).catch((error: unknown) => {
      context.log.warn("old sessions could not be removed", { error });
    });
  };
  tidy();
  const timer = setInterval(tidy, HOUR_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
