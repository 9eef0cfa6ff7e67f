import type { Role, Visibility } from "../contract/entities.ts";
import type { CompanyId, ContactId, ConversationId, MessageId, QueueId, UserId } from "../contract/ids.ts";
import type { Read } from "../db/sql.ts";
import type { AudiencePlacement } from "../events/audience.ts";

interface PlacementRow {
  readonly id: string;
  readonly queue_id: QueueId | null;
  readonly assignee_id: UserId | null;
  readonly role: Role | null;
  readonly in_queue: number;
}

const placementColumns = `c.queue_id, c.assignee_id, u.role,
  EXISTS (SELECT 1 FROM queue_members m WHERE m.queue_id = c.queue_id AND m.user_id = c.assignee_id) AS in_queue`;

function toPlacement(row: PlacementRow): AudiencePlacement {
  return {
    queue_id: row.queue_id,
    assignee_id: row.assignee_id,
    assignee: row.role === null ? null : { role: row.role, inQueue: row.in_queue === 1 },
  };
}

/** Where these conversations stand now; one that is gone has no entry. */
export async function readPlacements(
  tx: Read,
  companyId: CompanyId,
  ids: readonly ConversationId[],
): Promise<ReadonlyMap<ConversationId, AudiencePlacement>> {
  // The plus keeps SQLite from walking the company's conversations instead of looking these up.
  const rows = await tx.all<PlacementRow & { readonly id: ConversationId }>(
    `SELECT c.id, ${placementColumns} FROM conversations c LEFT JOIN users u ON u.id = c.assignee_id
     WHERE +c.company_id = $1 AND c.id IN (SELECT value FROM json_each($2))`,
    [companyId, JSON.stringify(ids)],
  );
  return new Map(rows.map((row) => [row.id, toPlacement(row)]));
}

/** Where the conversations of these contacts stand, each place once; one without any is open to all who attend. */
export async function readContactPlacements(
  tx: Read,
  companyId: CompanyId,
  ids: readonly ContactId[],
): Promise<ReadonlyMap<ContactId, readonly AudiencePlacement[]>> {
  const rows = await tx.all<PlacementRow & { readonly id: ContactId }>(
    `SELECT DISTINCT k.id, ${placementColumns} FROM contacts k
     LEFT JOIN conversations c ON c.contact_id = k.id
     LEFT JOIN users u ON u.id = c.assignee_id
     WHERE k.company_id = $1 AND k.id IN (SELECT value FROM json_each($2))`,
    [companyId, JSON.stringify(ids)],
  );
  const found = new Map<ContactId, AudiencePlacement[]>();
  for (const row of rows) found.set(row.id, [...(found.get(row.id) ?? []), toPlacement(row)]);
  return found;
}

export async function readVisibility(tx: Read, companyId: CompanyId): Promise<Visibility> {
  const row = await tx.get<{ visibility: Visibility }>("SELECT visibility FROM companies WHERE id = $1", [
    companyId,
  ]);
  return row?.visibility ?? "assigned";
}

/** Which of these messages are for those who attend only: notes, reactions and what the system says. */
export async function readPrivateMessages(
  tx: Read,
  companyId: CompanyId,
  ids: readonly MessageId[],
): Promise<ReadonlySet<MessageId>> {
  const rows = await tx.all<{ id: MessageId }>(
    `SELECT id FROM messages WHERE company_id = $1 AND message_type IN ('note', 'reaction', 'system')
     AND id IN (SELECT value FROM json_each($2))`,
    [companyId, JSON.stringify(ids)],
  );
  return new Set(rows.map((row) => row.id));
}
