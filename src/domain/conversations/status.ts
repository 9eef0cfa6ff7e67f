/** How a conversation's status moves (realtime.md, "Status"). Pure; the actions write what it says. */
import type { ConversationStatus } from "../../contract/entities.ts";
import type { UserId } from "../../contract/ids.ts";

/** Whether it takes up the one open place per contact and channel. */
export function isOpen(status: ConversationStatus): boolean {
  return status !== "resolved" && status !== "closed";
}

/** What an open conversation is by who has it: after (un)assigning, reopening, and a contact's message on `waiting`. */
export function attendedStatus(assigneeId: UserId | null): ConversationStatus {
  return assigneeId === null ? "active" : "assigned";
}

/** After an assignment: it opens what was finished; taking somebody's finished conversation away does not. */
export function statusAfterAssign(status: ConversationStatus, assigneeId: UserId | null): ConversationStatus {
  return assigneeId === null && !isOpen(status) ? status : attendedStatus(assigneeId);
}

/** After an agent's message: it waits for the contact. Only `closed` stays closed: it is reopened by hand. */
export function statusAfterReply(status: ConversationStatus): ConversationStatus {
  return status === "closed" ? "closed" : "waiting";
}

/**
 * After a status chosen by hand. To open by hand is to reopen: `active` and `assigned` are one wish, and who has the
 * conversation decides which it is.
 */
export function statusByHand(wanted: ConversationStatus, assigneeId: UserId | null): ConversationStatus {
  return wanted === "active" || wanted === "assigned" ? attendedStatus(assigneeId) : wanted;
}
