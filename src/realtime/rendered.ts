/** Events with the entities they are about, read when they are shown: what every dialect encodes. */
import type {
  Channel,
  Contact,
  Conversation,
  Label,
  Message,
  Notification,
  Queue,
  User,
  Visibility,
} from "../contract/entities.ts";
import type { EventData, EventType } from "../contract/events.ts";
import type { CompanyId, Instant } from "../contract/ids.ts";
import type { AudiencePlacement } from "../events/audience.ts";

/** The entities by event type; `null` where the thing is gone. An event whose subject is gone renders to nothing. */
export interface Subjects {
  "message.created": { message: Message; conversation: Conversation };
  "message.status": { message: Message; conversation: Conversation };
  "message.updated": { message: Message; conversation: Conversation };
  "message.deleted": { message: Message; conversation: Conversation };
  "conversation.created": { conversation: Conversation };
  "conversation.updated": { conversation: Conversation };
  "conversation.assigned": { conversation: Conversation };
  "conversation.transferred": { conversation: Conversation; reason: string | null };
  "conversation.status": { conversation: Conversation };
  "conversation.read": { conversation: Conversation };
  "conversation.deleted": Record<never, never>;
  "contact.created": { contact: Contact };
  "contact.updated": { contact: Contact };
  "contact.merged": { contact: Contact };
  "contact.deleted": Record<never, never>;
  "channel.created": { channel: Channel };
  "channel.updated": { channel: Channel };
  "channel.deleted": Record<never, never>;
  "channel.status": { channel: Channel };
  "channel.qr": { channel: Channel; qr: string };
  "user.updated": { user: User };
  "queue.updated": { queue: Queue | null };
  "label.updated": { label: Label | null };
  notification: { notification: Notification };
  "bulk.changed": Record<never, never>;
}

/** Who may have an event, before rooms: judged at delivery and at replay. */
export type Scope =
  | {
      readonly kind: "placed";
      readonly visibility: Visibility;
      readonly placement: AudiencePlacement;
      readonly attendingOnly: boolean;
    }
  /** Whoever may see one of them: a person is seen by those who see any of the person's conversations. */
  | {
      readonly kind: "gathered";
      readonly visibility: Visibility;
      readonly placements: readonly AudiencePlacement[];
    }
  | { readonly kind: "company" }
  | { readonly kind: "managers" }
  | { readonly kind: "user"; readonly userId: User["id"] };

export type RenderedOf<T extends EventType> = {
  readonly type: T;
  readonly seq: number;
  readonly at: Instant;
  readonly companyId: CompanyId;
  readonly data: EventData[T];
  readonly scope: Scope;
} & Subjects[T];

export type Rendered = { [T in EventType]: RenderedOf<T> }[EventType];
