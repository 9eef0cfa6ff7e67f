import type { Identifier } from "../../contract/entities.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { loadContacts } from "../contacts/store.ts";
import type { Context } from "../context.ts";
import { scheduledLeaves } from "../messages/leave.ts";
import {
  claimRow,
  endClaim,
  findFiles,
  type OutboxRow,
  type OutgoingFileRow,
  startScheduled,
} from "./store.ts";

/** A row that is on its way, and everything that is needed to send it. */
export interface Claim {
  readonly row: OutboxRow;
  /** Of the recipient, newest first within a kind. */
  readonly identifiers: readonly Identifier[];
  readonly files: readonly OutgoingFileRow[];
}

/**
 * Takes rows out of the queue, in a commit that comes before any request leaves: what is claimed when the process
 * dies may have been sent, so it becomes `unknown` at the next start. Rows that are no longer due are left out.
 */
export function claim(context: Context, ids: readonly string[]): Promise<readonly Claim[]> {
  const now = context.clock.now();
  return context.sql.transaction(async (tx) => {
    const claims: Claim[] = [];
    for (const id of ids) {
      const row = await claimRow(tx, id, now);
      const claimed = row && (await complete(tx, row, now));
      if (claimed) claims.push(claimed);
    }
    return claims;
  });
}

async function complete(tx: Tx, row: OutboxRow, now: number): Promise<Claim | undefined> {
  const { company_id, message_id, conversation_id, contact_id } = row;
  if (row.deleted_at !== null) {
    await endClaim(tx, row.id, { state: "done", dueAt: now, error: null, counts: false });
    return undefined;
  }
  if (row.kind === "message" && (await startScheduled(tx, company_id, message_id))) {
    const data = { message_id, conversation_id, status: "pending" } as const;
    await append(tx, company_id, { type: "message.status", data, at: now });
    await scheduledLeaves(tx, company_id, {
      conversationId: conversation_id,
      messageId: message_id,
      at: now,
    });
  }
  const contacts = await loadContacts(tx, company_id, [contact_id]);
  const files = row.kind === "message" ? await findFiles(tx, company_id, message_id) : [];
  return { row, identifiers: contacts.get(contact_id)?.identifiers ?? [], files };
}
