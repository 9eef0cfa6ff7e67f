/**
 * Up to which event each entity is known. A page that was loaded holds what was true at its `seq`, so that an older
 * event must not touch its entities, and a page that comes late must not undo a newer event (realtime.md, "Resume").
 */
import type { Frame } from "../contract/events.ts";

type Kind = "conversation" | "message" | "contact" | "channel" | "user" | "queue" | "label";
export type EntityKey = `${Kind}:${string}`;

interface Mark {
  readonly page: number;
  readonly frame: number;
}

const nothing: Mark = { page: -1, frame: -1 };

export class Known {
  readonly #marks = new Map<EntityKey, Mark>();

  /**
   * Whether a page's version of the entity counts, which is then noted. `present`: the view holds one already; one that
   * it does not hold is taken even from a page older than the last event, since what came after that page is
   * played again over it.
   */
  admitFromPage(key: EntityKey, seq: number, present: boolean): boolean {
    const mark = this.#marks.get(key) ?? nothing;
    if (seq < mark.page || (present && seq < mark.frame)) return false;
    this.#marks.set(key, { page: seq, frame: mark.frame });
    return true;
  }

  /** Whether an event is news for the entity that it is about, which is then noted. */
  admitFrame(frame: Frame): boolean {
    const key = keyOf(frame);
    if (key === null) return true;
    const mark = this.#marks.get(key) ?? nothing;
    if (frame.seq <= mark.page) return false;
    this.#marks.set(key, { page: mark.page, frame: Math.max(frame.seq, mark.frame) });
    return true;
  }

  clear(): void {
    this.#marks.clear();
  }
}

/** The entity that a frame changes; null for what is about none. */
function keyOf(frame: Frame): EntityKey | null {
  switch (frame.type) {
    case "message_received":
    case "message_sent":
    case "message_updated":
      return `message:${frame.data.id}`;
    case "message_status_updated":
    case "message_deleted":
      return `message:${frame.data.message_id}`;
    case "conversation_created":
    case "conversation_updated":
      return `conversation:${frame.data.id}`;
    case "conversation_removed":
    case "read":
      return `conversation:${frame.data.conversation_id}`;
    case "contact_created":
    case "contact_updated":
      return `contact:${frame.data.id}`;
    case "contact_merged":
      return `contact:${frame.data.merged_id}`;
    case "contact_deleted":
      return `contact:${frame.data.contact_id}`;
    case "channel_updated":
      return `channel:${frame.data.id}`;
    case "channel_status":
      return `channel:${frame.data.channel_id}`;
    case "user_updated":
      return `user:${frame.data.id}`;
    case "queue_updated":
      return `queue:${frame.data.id}`;
    case "label_updated":
      return `label:${frame.data.id}`;
    case "channel_qr":
    case "notification":
    case "bulk_changed":
      return null;
  }
}
