import type { CompanyId, ContactId, ConversationId, MessageId } from "../contract/ids.ts";
import type { Read } from "../db/sql.ts";
import type { AudiencePlacement } from "../events/audience.ts";
import type { CompanyEvent } from "../events/log.ts";
import type { Scope } from "./rendered.ts";
import { readContactPlacements, readPlacements, readPrivateMessages, readVisibility } from "./store.ts";

const everywhere: Scope = { kind: "company" };

/** Ids of one kind that a batch of events speaks of, each once. */
export function idsIn<Id>(
  events: readonly CompanyEvent[],
  pick: (data: CompanyEvent["data"]) => Id | undefined,
): readonly Id[] {
  const ids = new Set<Id>();
  for (const event of events) {
    const id = pick(event.data);
    if (id !== undefined) ids.add(id);
  }
  return [...ids];
}

export function conversationIdOf(data: CompanyEvent["data"]): ConversationId | undefined {
  return "conversation_id" in data ? data.conversation_id : undefined;
}

export function messageIdOf(data: CompanyEvent["data"]): MessageId | undefined {
  return "message_id" in data && data.message_id !== null ? data.message_id : undefined;
}

export function contactIdOf(data: CompanyEvent["data"]): ContactId | undefined {
  return "contact_id" in data ? data.contact_id : undefined;
}

/** Says of each event of one company who may have it now; undefined where what it is about is gone. */
export async function readScopes(
  tx: Read,
  companyId: CompanyId,
  events: readonly CompanyEvent[],
): Promise<(event: CompanyEvent) => Scope | undefined> {
  const visibility = await readVisibility(tx, companyId);
  const placements = await readPlacements(tx, companyId, idsIn(events, conversationIdOf));
  const contacts = await readContactPlacements(tx, companyId, idsIn(events, contactIdOf));
  const internal = await readPrivateMessages(tx, companyId, idsIn(events, messageIdOf));

  const placed = (placement: AudiencePlacement | undefined, attendingOnly: boolean): Scope | undefined =>
    placement && { kind: "placed", visibility, placement, attendingOnly };

  const gathered = (stands: readonly AudiencePlacement[] | undefined): Scope | undefined =>
    stands && { kind: "gathered", visibility, placements: stands };

  return (event) => {
    switch (event.type) {
      case "message.created":
      case "message.status":
      case "message.updated":
      case "message.deleted":
        return placed(placements.get(event.data.conversation_id), internal.has(event.data.message_id));
      case "conversation.created":
      case "conversation.updated":
      case "conversation.assigned":
      case "conversation.transferred":
      case "conversation.status":
      case "conversation.read":
        return placed(placements.get(event.data.conversation_id), false);
      // It is nowhere any more: whoever saw it where it stood is told; the assignee by name, perhaps twice.
      case "conversation.deleted": {
        const { before } = event.data;
        const assignee = before.assignee_id === null ? null : ({ role: "agent", inQueue: false } as const);
        return placed({ ...before, assignee }, false);
      }
      case "contact.created":
      case "contact.updated":
      case "contact.merged":
        return gathered(contacts.get(event.data.contact_id));
      case "channel.qr":
        return { kind: "managers" };
      case "notification":
        return event.data.user_id === null ? everywhere : { kind: "user", userId: event.data.user_id };
      case "contact.deleted":
      case "channel.created":
      case "channel.updated":
      case "channel.deleted":
      case "channel.status":
      case "user.updated":
      case "queue.updated":
      case "label.updated":
      case "bulk.changed":
        return everywhere;
    }
  };
}
