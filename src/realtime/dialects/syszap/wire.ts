/** Payloads of this dialect, with the keys as the reference writes them. */
import type {
  ChannelStatus,
  Contact,
  Conversation,
  Message,
  MessageType,
} from "../../../contract/entities.ts";
import type { CompanyId, Instant } from "../../../contract/ids.ts";

/** 0 text, 1 image, 2 audio, 3 video, 4 document, 5 sticker, 6 location, 7 contact, 9 other. */
export function typeNumber(type: MessageType): number {
  switch (type) {
    case "text":
      return 0;
    case "image":
      return 1;
    case "audio":
      return 2;
    case "video":
      return 3;
    case "document":
      return 4;
    case "sticker":
      return 5;
    case "location":
      return 6;
    case "contacts":
      return 7;
    case "interactive":
    case "template":
    case "reaction":
    case "note":
    case "system":
      return 9;
  }
}

export type SessionStatus = "connected" | "disconnected" | "qr" | "connecting";

/** A session is a channel; this dialect knows four of its six states. */
export function sessionStatus(status: ChannelStatus): SessionStatus {
  switch (status) {
    case "connected":
    case "degraded":
      return "connected";
    case "disconnected":
    case "error":
      return "disconnected";
    case "qr":
    case "connecting":
      return status;
  }
}

/** Digits only, as WhatsApp names a number; empty where only an opaque identifier is known. */
export function whatsappNumber({ identifiers, phone }: Contact): string {
  const waId = identifiers.find(({ kind }) => kind === "wa_id")?.value;
  return (waId ?? phone ?? "").replaceAll(/\D/g, "");
}

/** `new_message`. `Chat_Id` stays the same for a contact on a channel, over all their conversations. */
export function toMessage(message: Message, conversation: Conversation) {
  const { contact } = conversation;
  const number = whatsappNumber(contact);
  return {
    Id: message.id,
    Chat_Id: `${conversation.channel_id}:${contact.id}`,
    Direction: message.direction === "in" ? 0 : 1,
    Type: typeNumber(message.message_type),
    Body: message.content,
    Chat: { WA_Chat_Id: number === "" ? contact.id : `${number}@c.us` },
    Client: { Name: contact.name, WhatsApp_Number: number },
    timestamp: message.created_at,
  };
}

const toClient = (contact: Contact) => ({
  Id: contact.id,
  Name: contact.name,
  WhatsApp_Number: whatsappNumber(contact),
  Profile_Pic_URL: contact.avatar_url,
});

/** `new_client`. */
export function toNewClient(contact: Contact, { companyId, at }: { companyId: CompanyId; at: Instant }) {
  return { ...toClient(contact), Company_Id: companyId, timestamp: at };
}

/** `client_update`; who has never written has been here since he was made. */
export function toClientUpdate(contact: Contact, at: Instant) {
  const lastContact = contact.last_contact_at ?? contact.created_at;
  return { ...toClient(contact), Last_Contact_At: lastContact, timestamp: at };
}
