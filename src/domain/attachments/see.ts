import type { Caller } from "../../auth/caller.ts";
import { Refusal } from "../../contract/errors.ts";
import type { AttachmentId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import { attends, maySee } from "../../events/audience.ts";
import { internalTypes } from "../messages/see.ts";
import { type AttachmentRow, type PlacedAttachmentRow, readPlacedAttachment } from "./store.ts";

/**
 * An attachment that the caller may see: of a message in a conversation that he sees, or his own that is in none yet.
 * Throws `not_found`.
 */
export async function seeAttachment(tx: Read, caller: Caller, id: AttachmentId): Promise<AttachmentRow> {
  const row = await readPlacedAttachment(tx, caller.companyId, id);
  if (!row || !isVisible(caller, row)) throw new Refusal("not_found");
  return row;
}

function isVisible(caller: Caller, row: PlacedAttachmentRow): boolean {
  if (row.message_type === null) return row.uploaded_by === caller.userId;
  if (internalTypes.includes(row.message_type) && !attends(caller.role)) return false;
  return maySee(caller, row);
}
