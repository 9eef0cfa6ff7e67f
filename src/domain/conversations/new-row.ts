import type { ChannelId, CompanyId, ContactId, ConversationId } from "../../contract/ids.ts";
import type { ConversationRow } from "./store.ts";

/** A conversation in which nothing has been said and that nobody has; `at` in milliseconds. */
export function newRow(of: {
  readonly id: ConversationId;
  readonly companyId: CompanyId;
  readonly number: number;
  readonly contactId: ContactId;
  readonly channelId: ChannelId;
  readonly at: number;
}): ConversationRow {
  return {
    id: of.id,
    company_id: of.companyId,
    number: of.number,
    contact_id: of.contactId,
    channel_id: of.channelId,
    queue_id: null,
    assignee_id: null,
    status: "active",
    priority: "normal",
    subject: "",
    description: "",
    unread_count: 0,
    last_message: "",
    last_message_at: null,
    activity_at: of.at,
    last_position: 0,
    read_position: 0,
    window_expires_at: null,
    snoozed_until: null,
    resolved_at: null,
    created_at: of.at,
    updated_at: of.at,
  };
}
