import type { CompanyId } from "../contract/ids.ts";
import type { Read, Sql } from "../db/sql.ts";
import { readEpoch, readHead } from "./store.ts";

/** Data and the place in the log at which it was true: what a client resumes from (realtime.md, "Resume"). */
export interface Snapshot<T> {
  readonly data: T;
  readonly seq: number;
  readonly epoch: string;
}

/** Reads `fn` and the log's head in one snapshot. */
export function readSnapshot<T>(
  sql: Sql,
  companyId: CompanyId,
  fn: (tx: Read) => Promise<T>,
): Promise<Snapshot<T>> {
  return sql.read(async (tx) => {
    const head = await readHead(tx, companyId);
    const epoch = await readEpoch(tx);
    return { data: await fn(tx), seq: head.seq, epoch };
  });
}

/** The headers that every list of a kind with events carries. */
export function snapshotHeaders(snapshot: Snapshot<unknown>): Record<string, string> {
  return { "X-Event-Seq": String(snapshot.seq), "X-Event-Epoch": snapshot.epoch };
}
