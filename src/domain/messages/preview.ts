import type { MessageType } from "../../contract/entities.ts";

/** Readable without words, since the agents' language is the browser's affair. */
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

/** A message in the list of conversations: its text, or a sign of what it is. */
export function preview(type: MessageType, text: string): string {
  const line = text.trim();
  return line === "" ? (signs[type] ?? "") : line.slice(0, longest).toWellFormed();
}
