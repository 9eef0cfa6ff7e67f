import type { Identifier } from "../../contract/entities.ts";
import type { Person } from "../channel.ts";
import { type Profile, profileSchema, readList } from "./wire.ts";

/** How a message or status names somebody: a number, a business-scoped user id, or both. */
export interface WireIds {
  readonly waId: string | undefined;
  readonly userId: string | undefined;
}

/** Finds who a message is from. Null where the message names nobody. */
export type People = (ids: WireIds) => Person | null;

/**
 * Reads `contacts[]`. Profiles are matched by id, never by place: a batch repeats and leaves out people.
 * The one profile of a batch gives its name even where Meta writes its id differently from the sender's.
 */
export function readPeople(value: Readonly<Record<string, unknown>>): People {
  const profiles = readList(value, "contacts").flatMap((contact) => {
    const parsed = profileSchema.safeParse(contact);
    return parsed.success ? [parsed.data] : [];
  });
  const senders = new Set(readList(value, "messages").map(senderOf));
  const alone = profiles.length === 1 && senders.size === 1 ? profiles[0] : undefined;
  return (ids) => {
    const profile = profiles.find((each) => isSame(each, ids));
    const identifiers = identifiersOf({
      waId: ids.waId ?? profile?.wa_id,
      userId: ids.userId ?? profile?.user_id,
    });
    return identifiers.length === 0 ? null : { identifiers, name: nameOf(profile ?? alone) };
  };
}

/** Somebody of whom only the ids are told. */
export function personOf(ids: WireIds): Person | null {
  const identifiers = identifiersOf(ids);
  return identifiers.length === 0 ? null : { identifiers, name: null };
}

function identifiersOf({ waId, userId }: WireIds): Identifier[] {
  return [
    ...(waId === undefined ? [] : [{ kind: "wa_id", value: waId } as const]),
    ...(userId === undefined ? [] : [{ kind: "bsuid", value: userId } as const]),
  ];
}

function isSame(profile: Profile, ids: WireIds): boolean {
  return (
    (profile.wa_id !== undefined && profile.wa_id === ids.waId) ||
    (profile.user_id !== undefined && profile.user_id === ids.userId)
  );
}

function nameOf(profile: Profile | undefined): string | null {
  return profile?.profile?.name?.trim() || profile?.profile?.username || null;
}

function senderOf(message: unknown): unknown {
  if (typeof message !== "object" || message === null) return undefined;
  if ("from" in message) return message.from;
  return "from_user_id" in message ? message.from_user_id : undefined;
}
