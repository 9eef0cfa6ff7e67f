/** What a new message does outside of the thread: a sound, the title of the page, words for a screen reader. */
import type { Message, Notification } from "../../contract/entities.ts";
import type { Desk } from "../desk.ts";
import { i18n } from "../i18n/setup.ts";
import { previewOf } from "../inbox/preview.ts";
import { toast } from "../kit/toasts.ts";
import { Observable } from "../observable.ts";
import { go } from "./go.ts";
import { preferences } from "./preferences.ts";

/** The last thing to be read out; a live region shows it. */
export const spoken = new Observable("");

/** Two messages within this time make one sound, in milliseconds. */
const QUIET = 1_500;
let lastSound = 0;

/** Tells of a customer's message, unless it is of a conversation that others attend. */
export function announceMessage(desk: Desk, message: Message): void {
  const conversation = desk.store.value.conversations.get(message.conversation_id);
  if (conversation?.assignee_id && conversation.assignee_id !== desk.myId) return;
  spoken.set(i18n.t("thread.newFrom", { name: message.sender_name, text: previewOf(message, i18n.t) }));
  play(conversation ? "message" : "new-conversation");
}

/** Shows a notification, with the way to what it is about. */
export function announceNotification(notification: Notification): void {
  const { conversation_id: id } = notification.data;
  toast({
    tone: notification.kind === "channel" ? "bad" : "info",
    text: notification.text,
    ...(id && { action: { label: i18n.t("toast.open"), run: () => go(`/conversations/${id}`) } }),
  });
}

function play(name: "message" | "new-conversation"): void {
  if (!preferences.value.sound || Date.now() - lastSound < QUIET) return;
  lastSound = Date.now();
  new Audio(`/sounds/${name}.wav`).play().catch(() => {
    // The browser wants a gesture first: the message is on the screen all the same.
  });
}
