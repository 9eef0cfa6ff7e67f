import type { MessageType } from "../../contract/entities.ts";

/** Readable without words, since the agents' language is the browser's affair: it puts the word beside a lone sign. */
const signs: Readonly<Partial<Record<MessageType, string>>> = {
  image: "📷",
  audio: "🎤",
  video: "🎬",
  document: "📄",
  sticker: "💟",
  location: "📍",
  contacts: "👤",
};
/** Characters: a list shows one line. */
const longest = 300;

/**
 * A message in the list of conversations: its text, and before it a sign of what it is besides. A document without a
 * text is known by the name of its file.
 */
export function preview(type: MessageType, text: string, fileName = ""): string {
  const words = text.trim() || (type === "document" ? fileName.trim() : "");
  return [signs[type] ?? "", words].filter(Boolean).join(" ").slice(0, longest).toWellFormed();
}
