import type { Outgoing, Person } from "../channel.ts";

/** What `POST /{phone_number_id}/messages` takes; `mediaId` is the uploaded file's, for media. */
export function sendBody(outgoing: Outgoing, mediaId: string | null): Record<string, unknown> {
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...recipient(outgoing.to),
    ...(outgoing.replyTo === null ? {} : { context: { message_id: outgoing.replyTo } }),
    // A reaction's status would pass for one of the message that it is about.
    ...(outgoing.kind === "reaction" ? {} : { biz_opaque_callback_data: outgoing.messageId }),
    ...payload(outgoing, mediaId),
  };
}

/** Whether there is anything in `person` that WhatsApp can send to. */
export function isReachable(person: Person): boolean {
  return Object.keys(recipient(person)).length > 0;
}

/** A number where one is known; somebody who hides theirs is reached by the business-scoped user id. */
function recipient({ identifiers }: Person): { to: string } | { recipient: string } | Record<string, never> {
  const number =
    identifiers.find(({ kind }) => kind === "wa_id") ?? identifiers.find(({ kind }) => kind === "phone");
  if (number) return { to: number.value.replaceAll(/\D/g, "") };
  const user = identifiers.find(({ kind }) => kind === "bsuid");
  return user ? { recipient: user.value } : {};
}

function payload(outgoing: Outgoing, mediaId: string | null): Record<string, unknown> {
  switch (outgoing.kind) {
    case "text":
      return { type: "text", text: { body: outgoing.text, preview_url: outgoing.previewUrl } };
    case "media":
      return mediaPayload(outgoing, mediaId);
    case "template":
      return {
        type: "template",
        template: {
          name: outgoing.name,
          language: { code: outgoing.language },
          ...(outgoing.components.length === 0 ? {} : { components: outgoing.components }),
        },
      };
    case "interactive":
      return { type: "interactive", interactive: outgoing.interactive };
    case "location": {
      const { latitude, longitude, name, address } = outgoing;
      const words = { ...(name === "" ? {} : { name }), ...(address === "" ? {} : { address }) };
      return { type: "location", location: { latitude, longitude, ...words } };
    }
    case "contacts":
      return { type: "contacts", contacts: outgoing.contacts };
    case "reaction":
      return { type: "reaction", reaction: { message_id: outgoing.target, emoji: outgoing.emoji } };
  }
}

function mediaPayload(
  { type, caption, file }: Extract<Outgoing, { kind: "media" }>,
  mediaId: string | null,
): Record<string, unknown> {
  const takesCaption = type === "image" || type === "video" || type === "document";
  const media = {
    id: mediaId,
    ...(takesCaption && caption !== "" ? { caption } : {}),
    ...(type === "document" ? { filename: file.name } : {}),
    // Ogg with Opus is what a voice note is recorded in; it then shows as one.
    ...(type === "audio" && file.mimeType.startsWith("audio/ogg") ? { voice: true } : {}),
  };
  return { type, [type]: media };
}
