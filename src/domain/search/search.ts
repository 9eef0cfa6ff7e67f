import type { Caller } from "../../auth/caller.ts";
import type { Contact, Conversation, Message } from "../../contract/entities.ts";
import type { ContactId, ConversationId, MessageId } from "../../contract/ids.ts";
import { maySee } from "../../events/audience.ts";
import { loadContacts } from "../contacts/store.ts";
import type { Context } from "../context.ts";
import { loadConversations } from "../conversations/store.ts";
import { loadMessages } from "../messages/store.ts";
import { type Excerpt, excerptOf } from "./highlight.ts";
import { contactMatch, messageMatch } from "./match.ts";
import { findContacts, findConversations, findMessages } from "./store.ts";
import { type Terms, termsOf } from "./terms.ts";

export const searchKinds = ["conversations", "contacts", "messages"] as const;
export type SearchKind = (typeof searchKinds)[number];

export interface SearchInput {
  readonly text: string;
  /** Null looks everywhere. */
  readonly kind: SearchKind | null;
  /** Of each kind. */
  readonly limit: number;
}

/** Where a contact was found. */
export interface ContactHighlights {
  readonly name: Excerpt;
  readonly phone: Excerpt | null;
  readonly email: Excerpt | null;
}

export interface SearchResult {
  readonly conversations: readonly {
    readonly conversation: Conversation;
    readonly highlights: ContactHighlights;
  }[];
  readonly contacts: readonly { readonly contact: Contact; readonly highlights: ContactHighlights }[];
  readonly messages: readonly {
    readonly message: Message;
    readonly conversation: Conversation;
    readonly highlight: Excerpt;
  }[];
}

interface Found {
  readonly conversations: readonly ConversationId[];
  readonly contacts: readonly ContactId[];
  readonly messages: readonly { readonly id: MessageId; readonly conversation_id: ConversationId }[];
}

/**
 * Looks for words by their beginnings, whatever their case and accents, and for phones in any format, among what the
 * caller may see; the newest first (http.md, `/search`). Any text is a fair question: there is no syntax.
 */
export async function search(context: Context, caller: Caller, input: SearchInput): Promise<SearchResult> {
  const terms = termsOf(input.text);
  const found = await find(context, caller, { ...input, terms });
  return complete(context, caller, { found, terms });
}

async function find(
  { sql }: Context,
  caller: Caller,
  { terms, kind, limit }: { readonly terms: Terms; readonly kind: SearchKind | null; readonly limit: number },
): Promise<Found> {
  const inContacts = kind === "messages" ? null : contactMatch(caller.companyId, terms);
  const inMessages = kind === null || kind === "messages" ? messageMatch(caller.companyId, terms) : null;
  const [people, messages] = await Promise.all([
    inContacts === null ? [] : findContacts(sql, caller, { match: inContacts, limit }),
    inMessages === null ? [] : findMessages(sql, caller, { match: inMessages, limit }),
  ]);
  const contactIds = people.map(({ id }) => id);
  const conversations =
    kind === "contacts" || kind === "messages"
      ? []
      : await findConversations(sql, caller, { contactIds, number: terms.number, limit });
  return {
    conversations: conversations.map(({ id }) => id),
    contacts: kind === "conversations" ? [] : contactIds,
    messages,
  };
}

function complete(
  context: Context,
  caller: Caller,
  { found, terms }: { readonly found: Found; readonly terms: Terms },
): Promise<SearchResult> {
  const { companyId } = caller;
  return context.sql.read(async (tx) => {
    const wanted = [...found.conversations, ...found.messages.map((hit) => hit.conversation_id)];
    const conversations = await loadConversations(tx, companyId, [...new Set(wanted)]);
    const contacts = await loadContacts(tx, companyId, found.contacts);
    const messages = await loadMessages(
      tx,
      companyId,
      found.messages.map(({ id }) => id),
    );
    // What moved out of the caller's view since it was found is left out.
    const seen = (id: ConversationId) => {
      const conversation = conversations.get(id);
      return conversation && maySee(caller, conversation) ? [conversation] : [];
    };
    return {
      conversations: found.conversations
        .flatMap(seen)
        .map((conversation) => ({ conversation, highlights: highlightsOf(conversation.contact, terms) })),
      contacts: found.contacts.flatMap((id) => {
        const contact = contacts.get(id);
        return contact ? [{ contact, highlights: highlightsOf(contact, terms) }] : [];
      }),
      messages: found.messages.flatMap(({ id, conversation_id }) => {
        const message = messages.get(id);
        if (!message || message.deleted_at !== null) return [];
        const highlight = excerptOf(message.content, terms);
        return seen(conversation_id).map((conversation) => ({ message, conversation, highlight }));
      }),
    };
  });
}

function highlightsOf({ name, phone, email }: Contact, terms: Terms): ContactHighlights {
  return {
    name: excerptOf(name, terms),
    phone: phone === null ? null : excerptOf(phone, terms),
    email: email === null ? null : excerptOf(email, terms),
  };
}
