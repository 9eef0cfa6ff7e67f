import type { Caller } from "../../auth/caller.ts";
import type { ContactId, ConversationId, MessageId } from "../../contract/ids.ts";
import type { Sql } from "../../db/sql.ts";
import { attends } from "../../events/audience.ts";
import { viewParams, visible } from "../conversations/store.ts";

/** Contacts of which the newest are looked at: a short prefix fits very many. */
const contactPool = 200;

/** Messages that the caller may see, newest first. `match` comes from `messageMatch`. */
export function findMessages(
  sql: Sql,
  caller: Caller,
  wanted: { readonly match: string; readonly limit: number },
): Promise<{ readonly id: MessageId; readonly conversation_id: ConversationId }[]> {
  return sql.heavy(
    `SELECT m.id, m.conversation_id FROM message_search s
     CROSS JOIN messages m ON m.key = s.rowid
     CROSS JOIN conversations c ON c.id = m.conversation_id
     WHERE ${visible} AND s.message_search MATCH $6
       AND ($7 = 1 OR m.message_type NOT IN ('note', 'reaction', 'system')) AND m.deleted_at IS NULL
     ORDER BY s.rowid DESC LIMIT $8`,
    [...viewParams(caller), wanted.match, attends(caller.role) ? 1 : 0, wanted.limit],
  );
}

/** Contacts that the caller may see, latest contact first: by any conversation, or without one those of all. */
export function findContacts(
  sql: Sql,
  caller: Caller,
  wanted: { readonly match: string; readonly limit: number },
): Promise<{ readonly id: ContactId }[]> {
  return sql.heavy(
    `SELECT id FROM (
       SELECT k.id, k.last_contact_at, k.key FROM contact_search s
       CROSS JOIN contacts k ON k.key = s.rowid
       WHERE (EXISTS (SELECT 1 FROM conversations c WHERE c.contact_id = k.id AND ${visible})
           OR (k.company_id = $1 AND ($2 = 1 OR $4 = 1)
             AND NOT EXISTS (SELECT 1 FROM conversations x WHERE x.contact_id = k.id)))
         AND s.contact_search MATCH $6
       ORDER BY s.rowid DESC LIMIT $7)
     ORDER BY last_contact_at DESC, key DESC LIMIT $8`,
    [...viewParams(caller), wanted.match, Math.max(contactPool, wanted.limit), wanted.limit],
  );
}

/** Conversations that the caller may see with one of these contacts or with this number, newest activity first. */
export function findConversations(
  sql: Sql,
  caller: Caller,
  wanted: {
    readonly contactIds: readonly ContactId[];
    readonly number: number | null;
    readonly limit: number;
  },
): Promise<{ readonly id: ConversationId }[]> {
  return sql.heavy(
    `SELECT c.id FROM conversations c
     WHERE ${visible} AND c.id IN (
       SELECT x.id FROM conversations x WHERE x.company_id = $1 AND x.number = $6
       UNION SELECT y.id FROM json_each($7) k JOIN conversations y ON y.contact_id = k.value)
     ORDER BY c.activity_at DESC, c.id DESC LIMIT $8`,
    [...viewParams(caller), wanted.number, JSON.stringify(wanted.contactIds), wanted.limit],
  );
}
