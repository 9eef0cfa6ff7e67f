import type { Receipts } from "../channels/receipts.ts";
import { loadChannels } from "../domain/channels/store.ts";
import { loadContacts } from "../domain/contacts/store.ts";
import type { Context } from "../domain/context.ts";
import { markRead } from "../domain/conversations/read.ts";
import { loadConversations } from "../domain/conversations/store.ts";
import { loadLabels } from "../domain/labels/store.ts";
import { loadMessages } from "../domain/messages/store.ts";
import { loadNotifications } from "../domain/notifications/store.ts";
import { loadQueues } from "../domain/queues/store.ts";
import { choosePresence, chosenPresence, departed } from "../domain/users/presence-actions.ts";
import type { PresenceBoard } from "../domain/users/presence.ts";
import { loadUsers } from "../domain/users/store.ts";
import type { Actions } from "../realtime/ports.ts";
import type { Sources } from "../realtime/sources.ts";

/** Where rendered events get their entities: the loaders that the API answers with. */
export function eventSources(presence: PresenceBoard): Sources {
  return {
    messages: loadMessages,
    conversations: loadConversations,
    contacts: loadContacts,
    channels: (tx, companyId, ids) => loadChannels(tx, companyId, ids),
    users: (tx, companyId, ids) => loadUsers(tx, companyId, { presence, ids }),
    queues: (tx, companyId, ids) => loadQueues(tx, companyId, ids),
    labels: (tx, companyId, ids) => loadLabels(tx, companyId, ids),
    notifications: loadNotifications,
    // No kind of channel shows a code yet.
    qrCode: () => null,
  };
}

/** What a connection may do: the actions of the domain, and the channel's own typing indicator. */
export function realtimeActions(context: Context, receipts: Receipts): Actions {
  return {
    markRead: async (caller, id) => {
      await markRead(context, caller, id);
    },
    showTyping: ({ companyId }, id, typing) => {
      if (typing) receipts.typing(companyId, id);
    },
    chosenPresence: (caller) => chosenPresence(context, caller),
    choosePresence: (caller, presence) => choosePresence(context, caller, presence),
    departed: (companyId, userId) => departed(context, companyId, userId),
  };
}
