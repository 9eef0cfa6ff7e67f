/**
 * What a dialect is to the hub: a name, its wire forms, an encoder for every event type (a forgotten one does not
 * compile), and one for the signals of the moment. Dialects know no sockets and no rooms of others.
 */
import type { Contact, Presence, User } from "../contract/entities.ts";
import type { EventType } from "../contract/events.ts";
import type { CompanyId, ContactId, ConversationId, Instant, UserId } from "../contract/ids.ts";
import type { RenderedOf, Scope } from "./rendered.ts";

export const dialectNames = ["conversations", "atendimento", "pytake", "syszap"] as const;
export type DialectName = (typeof dialectNames)[number];

/** Where one frame goes, within the event's company and what its members may see. */
export type Room =
  /** Everybody who may see what the event is about. */
  | { readonly kind: "audience" }
  /** Of those, the ones who attend (`empresa:{id}:atendentes`). */
  | { readonly kind: "audience-attending" }
  | { readonly kind: "company" }
  /** Everybody who attends, whatever he may see. */
  | { readonly kind: "attending" }
  | { readonly kind: "managers" }
  | { readonly kind: "user"; readonly userId: UserId }
  /** Who asked to be in the room of the conversation. */
  | { readonly kind: "conversation"; readonly conversationId: ConversationId };

/** One message of the wire before it is framed. */
export interface Delivery {
  readonly room: Room;
  /** Only in these wire forms; in all of the dialect's when missing. */
  readonly forms?: readonly string[];
  readonly name: string;
  readonly payload: unknown;
}

/** The place of a delivery in the log; `last` on the event's last frame for that room's members. */
export interface Sequence {
  readonly seq: number;
  readonly last: boolean;
}

/** What happens now and is kept nowhere. */
export type Happening =
  | {
      readonly kind: "typing";
      readonly companyId: CompanyId;
      readonly conversationId: ConversationId;
      readonly scope: Scope;
      readonly typing: boolean;
      readonly by:
        | { readonly kind: "contact"; readonly id: ContactId; readonly name: Contact["name"] }
        | {
            readonly kind: "user";
            readonly id: UserId;
            readonly name: User["name"];
          };
    }
  | {
      readonly kind: "presence";
      readonly companyId: CompanyId;
      readonly userId: UserId;
      readonly name: User["name"];
      readonly presence: Presence;
      readonly was: Presence;
      /** He came or went, or chose another status by hand. */
      readonly cause: "connection" | "choice";
      readonly lastSeenAt: Instant | null;
      readonly at: Instant;
    }
  | {
      readonly kind: "viewing";
      readonly companyId: CompanyId;
      readonly conversationId: ConversationId;
      readonly scope: Scope;
      readonly userIds: readonly UserId[];
    }
  | { readonly kind: "tick"; readonly companyId: CompanyId; readonly seq: number };

export type HappeningOf<Kind extends Happening["kind"]> = Extract<Happening, { kind: Kind }>;

export interface Dialect {
  readonly name: DialectName;
  /** Wire forms, each with topics of its own: a frame is encoded once per form that somebody listens to. */
  readonly forms: readonly string[];
  /** Whether a connection is told, after `ready` and on joining a room, who is there already. */
  readonly showsPresence: boolean;
  /**
   * What joining a room with `since` brings. `own`: only what goes to the room, since the rest has come by other rooms;
   * `view`: all of that conversation, where rooms are but for signals of the moment.
   */
  readonly roomReplay: "own" | "view";
  readonly events: { readonly [T in EventType]: (event: RenderedOf<T>) => readonly Delivery[] };
  readonly happenings: {
    readonly [K in Happening["kind"]]: (happening: HappeningOf<K>) => readonly Delivery[];
  };
  /** What a person whose view a contact has just left is told, where the dialect has a word for it. */
  forgotten?(contactId: ContactId): { readonly name: string; readonly payload: unknown };
  /** The bytes of one frame. */
  frame(
    form: string,
    delivery: { readonly name: string; readonly payload: unknown },
    sequence: Sequence | null,
  ): string | Uint8Array<ArrayBuffer>;
}
