/** Beginning a conversation from our side. */
import type { Contact, Conversation } from "../../contract/entities.ts";
import type { ChannelId, ConversationId, UserId } from "../../contract/ids.ts";
import { ApiError } from "../api.ts";

/** Whom to write to. */
export type Whom =
  | { readonly kind: "contact"; readonly contact: Contact }
  /** As it was typed: the server knows the country's ways of writing it. */
  | { readonly kind: "phone"; readonly phone: string };

/** E.164 allows 15 digits; fewer than 8 are no number that can be reached from elsewhere. */
const fewest = 8;
const most = 15;

/** The phone number that a text is, as it was written; null where it is something else. */
export function phoneIn(text: string): string | null {
  const trimmed = text.trim();
  const digits = trimmed.replaceAll(/\D/g, "").length;
  return /^\+?[\d\s().-]+$/.test(trimmed) && digits >= fewest && digits <= most ? trimmed : null;
}

interface StartOptions {
  readonly whom: Whom;
  readonly channelId: ChannelId;
  /** Who shall have it. */
  readonly assigneeId: UserId;
  /** `POST /conversations`. */
  readonly post: (body: object) => Promise<Conversation>;
}

export type Started =
  | { readonly kind: "new"; readonly conversation: Conversation }
  /** There is an open one with this person on this channel, perhaps with a colleague. */
  | { readonly kind: "open"; readonly id: ConversationId };

/** Opens a conversation, or finds the open one. Throws `ApiError`. */
export async function start({ whom, channelId, assigneeId, post }: StartOptions): Promise<Started> {
  const who = whom.kind === "contact" ? { contact_id: whom.contact.id } : { phone: whom.phone };
  try {
    const conversation = await post({ ...who, channel_id: channelId, assignee_id: assigneeId });
    return { kind: "new", conversation };
  } catch (error) {
    const id = openOne(error);
    if (id === null) throw error;
    return { kind: "open", id };
  }
}

/** The open conversation that a refusal names. */
function openOne(error: unknown): ConversationId | null {
  if (!(error instanceof ApiError) || error.code !== "conversation_open") return null;
  const id = error.details["conversation_id"];
  return typeof id === "string" ? (id as ConversationId) : null;
}
