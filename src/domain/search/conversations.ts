import type { Caller } from "../../auth/caller.ts";
import type { ConversationId } from "../../contract/ids.ts";
import type { Context } from "../context.ts";
import { contactMatch, messageMatch } from "./match.ts";
import { findContacts, findConversations, findMessages } from "./store.ts";
import { termsOf } from "./terms.ts";

/** So many of each kind can be found by the search of a list: what is looked for is among the newest. */
const most = 500;

/** Conversations that the caller sees by name, phone, e-mail, number or content; none where there is nothing to look for. */
export async function searchConversationIds(
  { sql }: Context,
  caller: Caller,
  text: string,
): Promise<readonly ConversationId[]> {
  const terms = termsOf(text);
  const inContacts = contactMatch(caller.companyId, terms);
  const inMessages = messageMatch(caller.companyId, terms);
  const [contacts, messages] = await Promise.all([
    inContacts === null ? [] : findContacts(sql, caller, { match: inContacts, limit: most }),
    inMessages === null ? [] : findMessages(sql, caller, { match: inMessages, limit: most }),
  ]);
  const contactIds = contacts.map((contact) => contact.id);
  const found = await findConversations(sql, caller, { contactIds, number: terms.number, limit: most });
  return [...new Set([...found.map(({ id }) => id), ...messages.map((hit) => hit.conversation_id)])];
}
