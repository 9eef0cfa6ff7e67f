/** What the three older dialects have in common: what they never see, and which statuses they know. */
import type { Message, MessageStatus } from "../../contract/entities.ts";

/** Private notes, reactions and what the system says go to the `conversations` dialect only. */
export function isForOlder({ message_type }: Message): boolean {
  return message_type !== "note" && message_type !== "reaction" && message_type !== "system";
}

export type OlderStatus = "pending" | "sent" | "delivered" | "read" | "failed";

/** Scheduled and unknown show as pending, played as read (http.md, "Entities"). */
export function olderStatus(status: MessageStatus): OlderStatus {
  switch (status) {
    case "scheduled":
    case "unknown":
      return "pending";
    case "played":
      return "read";
    case "pending":
    case "sent":
    case "delivered":
    case "read":
    case "failed":
      return status;
  }
}
