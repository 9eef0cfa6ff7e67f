import type { TFunction } from "i18next";

import type { Message } from "../../contract/entities.ts";

/** A message in a few words: its text, or what kind it is. */
export function previewOf(message: Message, t: TFunction): string {
  if (message.deleted_at) return t("thread.deleted");
  if (typeof message.metadata["unsupported"] === "string") return t("thread.unsupported");
  if (message.content !== "") return message.content;
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
