import type { TFunction } from "i18next";

import type { Message } from "../../contract/entities.ts";
import { plainText } from "./rich-text.ts";

/** A message in a few words: its text, or what kind it is. */
export function previewOf(message: Message, t: TFunction): string {
  if (message.deleted_at) return t("thread.deleted");
  if (typeof message.metadata["unsupported"] === "string") return t("thread.unsupported");
  if (message.content !== "") return plainText(message.content);
  switch (message.message_type) {
    case "image":
    case "audio":
    case "video":
    case "document":
    case "sticker":
    case "location":
    case "contacts":
    case "interactive":
    case "template":
    case "reaction":
    case "note":
      return t(`thread.${message.message_type}`);
    case "text":
    case "system":
      return "";
  }
}

/** The signs by which the server tells what kind of file a last message is (`domain/messages/preview.ts`). */
const kinds = {
  "📷": "image",
  "🎤": "audio",
  "🎬": "video",
  "📄": "document",
  "💟": "sticker",
  "📍": "location",
  "👤": "contacts",
} as const;

/** A conversation's last message in one line; a file that says nothing else is named in the agent's language. */
export function lastWords(lastMessage: string, t: TFunction): string {
  const line = plainText(lastMessage).replaceAll(/\s+/g, " ").trim();
  return isSign(line) ? `${line} ${t(`thread.${kinds[line]}`)}` : line;
}

function isSign(text: string): text is keyof typeof kinds {
  return Object.hasOwn(kinds, text);
}
