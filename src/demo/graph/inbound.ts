type Json = Readonly<Record<string, unknown>>;

/** What a customer's message holds besides sender, id and time: the shapes of Meta's `messages` webhook. */
export interface InboundContent extends Json {
  readonly type: string;
}

/** A file as a webhook describes it: see `MediaStore.reference`. */
export type MediaReference = Json;

/** A file that a customer sends. */
export interface CustomerFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mimeType: string;
  readonly caption?: string;
  /** Documents only. */
  readonly filename?: string;
  /** Audio only: recorded in the app; true unless said otherwise. */
  readonly voice?: boolean;
  /** Stickers only. */
  readonly animated?: boolean;
}

export type FileKind = "image" | "video" | "audio" | "document" | "sticker";

export function textContent(body: string): InboundContent {
  return { type: "text", text: { body } };
}

export function fileContent(kind: FileKind, file: CustomerFile, reference: MediaReference): InboundContent {
  const { caption, filename, voice = true, animated = false } = file;
  const extra = {
    ...(caption === undefined ? {} : { caption }),
    ...(kind === "document" && filename !== undefined ? { filename } : {}),
    ...(kind === "audio" ? { voice } : {}),
    ...(kind === "sticker" ? { animated } : {}),
  };
  return { type: kind, [kind]: { ...extra, ...reference } };
}

/** A place that a customer shares; degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
}

export function locationContent(place: Place): InboundContent {
  return { type: "location", location: { ...place } };
}

/** A contact card with one phone. */
export function contactContent(name: string, phone: string): InboundContent {
  const [first_name = name, ...rest] = name.split(" ");
  const last = rest.length === 0 ? {} : { last_name: rest.join(" ") };
  const phones = [{ phone, wa_id: phone.replace(/\D/g, ""), type: "MOBILE" }];
  return { type: "contacts", contacts: [{ name: { first_name, ...last, formatted_name: name }, phones }] };
}

/** `emoji` null takes the reaction back. */
export function reactionContent(wamid: string, emoji: string | null): InboundContent {
  return { type: "reaction", reaction: { message_id: wamid, ...(emoji === null ? {} : { emoji }) } };
}

/** A tap on a reply button or on the row of a list. */
export function choiceContent(
  kind: "button_reply" | "list_reply",
  choice: { readonly id: string; readonly title: string; readonly description?: string },
): InboundContent {
  return { type: "interactive", interactive: { type: kind, [kind]: { ...choice } } };
}

/** A tap on a quick-reply button of a template. */
export function templateButtonContent(text: string, payload = text): InboundContent {
  return { type: "button", button: { payload, text } };
}

/** The customer changed a text they had sent. */
export function editContent(wamid: string, body: string): InboundContent {
  const message = { context: { id: "M0" }, type: "text", text: { body } };
  return { type: "edit", edit: { original_message_id: wamid, message } };
}

/** The customer deleted a message for everyone. */
export function revokeContent(wamid: string): InboundContent {
  return { type: "revoke", revoke: { original_message_id: wamid } };
}

export function unsupportedContent(): InboundContent {
  const text = "Message type unknown";
  const details = "Message type is currently not supported.";
  return {
    type: "unsupported",
    errors: [{ code: 131051, title: text, message: text, error_data: { details } }],
    unsupported: { type: "unknown" },
  };
}

/** The customer's WhatsApp moved to another number (digits). */
export function numberChangeContent(name: string, from: string, to: string): InboundContent {
  const body = `User ${name} changed from ${from} to ${to}`;
  return { type: "system", system: { body, wa_id: to, type: "user_changed_number" } };
}
