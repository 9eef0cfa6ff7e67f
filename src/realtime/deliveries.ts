import type { EventType } from "../contract/events.ts";
import type { ConversationId } from "../contract/ids.ts";
import type { Delivery, Dialect, Happening, HappeningOf } from "./dialect.ts";
import type { Rendered, RenderedOf } from "./rendered.ts";

/** What a dialect says of an event. */
export function deliveriesOf<T extends EventType>(
  dialect: Dialect,
  event: { [K in T]: RenderedOf<K> & Rendered }[T],
): readonly Delivery[] {
  return dialect.events[event.type](event);
}

/** What a dialect says of something that happens now. */
export function happeningDeliveries<K extends Happening["kind"]>(
  dialect: Dialect,
  happening: { [Kind in K]: HappeningOf<Kind> }[K],
): readonly Delivery[] {
  return dialect.happenings[happening.kind](happening);
}

/** What a person whose view a conversation has just left is told, in every dialect (realtime.md, "Rooms and visibility"). */
export function conversationRemoved(id: ConversationId) {
  return { name: "conversation_removed", payload: { conversation_id: id } };
}
