import type { EventData, EventType, LoggedEvent } from "../contract/events.ts";
import type { CompanyId } from "../contract/ids.ts";
import type { Sql } from "../db/sql.ts";
import { type Clock, toInstant } from "../lib/clock.ts";
import { type EventRow, removeBefore } from "./store.ts";

/** An event of the log with the company it belongs to. */
export type CompanyEvent = LoggedEvent & { readonly companyId: CompanyId };

/** A row as the event that it holds. The log is written by `append` only, so that its JSON is what `EventData` says. */
export function fromRow(row: EventRow): CompanyEvent {
  const data = JSON.parse(row.data) as EventData[EventType];
  return {
    type: row.type,
    seq: row.seq,
    at: toInstant(row.at),
    companyId: row.company_id,
    data,
  } as CompanyEvent;
}

/** Removes events older than `days` (`BALCAO_EVENT_DAYS`); who resumes from before reloads. Returns the rows removed. */
export function removeOldEvents(sql: Sql, clock: Clock, days: number): Promise<number> {
  const before = clock.now() - days * 24 * 60 * 60 * 1000;
  return sql.transaction((tx) => removeBefore(tx, before));
}
