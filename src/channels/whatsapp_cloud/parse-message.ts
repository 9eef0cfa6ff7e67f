import { z } from "zod";

import type { MessageStatus } from "../../contract/entities.ts";
import type { BrokenItem, InboundItem, Person } from "../channel.ts";
import { contentOf } from "./content.ts";
import type { People } from "./people.ts";
import { idSchema, messageSchema, type Origin, readTime, reasonOf, type WireMessage } from "./wire.ts";

/** Who wrote a message to whom; `mine` is sent from the business's own phone. */
export interface Sides {
  readonly mine: boolean;
  /** The customer, whoever wrote. */
  readonly person: Person;
}

export interface MessageSource {
  readonly origin: Origin;
  /** Tells the sides of a message; null where nobody is named. */
  readonly sidesOf: (message: WireMessage) => Sides | null;
  /** The status that history gives it; null outside of history. */
  readonly historyOf: (message: WireMessage) => MessageStatus | null;
}

const targetSchema = z.object({ original_message_id: z.string().min(1) });
const editSchema = targetSchema.extend({ message: z.looseObject({ type: z.string() }) });
const reactionSchema = z.object({ message_id: z.string().min(1), emoji: z.string().nullish() });
const movedSchema = z.object({
  body: z.string().default(""),
  type: z.enum(["user_changed_number", "user_changed_user_id"]),
  wa_id: idSchema.optional(),
  user_id: idSchema.optional(),
});

/** Messages of customers, matched with their profiles. */
export function fromCustomers(origin: Origin, people: People): MessageSource {
  return {
    origin,
    historyOf: () => null,
    sidesOf(message) {
      const person = people({ waId: message.from, userId: message.from_user_id });
      return person && { mine: false, person };
    },
  };
}

/** One message as an item. What can't be read becomes broken, and says why. */
export function parseMessage(raw: unknown, source: MessageSource): InboundItem | BrokenItem {
  const { route } = source.origin;
  const parsed = messageSchema.safeParse(raw);
  if (!parsed.success) return { kind: "broken", route, reason: reasonOf(parsed.error, "message") };
  const sides = source.sidesOf(parsed.data);
  if (!sides) return { kind: "broken", route, reason: "message: nobody is named as the other side" };
  try {
    return itemOf(parsed.data, source, sides);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return { kind: "broken", route, reason: reasonOf(error, `message.${parsed.data.type}`) };
  }
}

function itemOf(message: WireMessage, source: MessageSource, { mine, person }: Sides): InboundItem {
  const common = { route: source.origin.route, at: readTime(message.timestamp, source.origin.at) };
  switch (message.type) {
    case "reaction": {
      const { message_id, emoji } = reactionSchema.parse(message.reaction);
      const by = mine ? "business" : "contact";
      return { kind: "reaction", ...common, externalId: message_id, emoji: emoji || null, from: person, by };
    }
    case "edit": {
      const edit = editSchema.parse(message.edit);
      const content = contentOf(messageSchema.parse({ ...edit.message, id: edit.original_message_id }));
      return { kind: "edit", ...common, externalId: edit.original_message_id, content, from: person };
    }
    case "revoke": {
      const { original_message_id } = targetSchema.parse(message.revoke);
      return { kind: "revoke", ...common, externalId: original_message_id, from: person };
    }
    case "system": {
      const moved = movedSchema.safeParse(message.system);
      if (moved.success) return contactChange(message, moved.data, { ...common, person });
      break;
    }
  }
  const content = contentOf(message);
  const history = source.historyOf(message);
  return mine
    ? { kind: "echo", ...common, externalId: message.id, to: person, content, history }
    : { kind: "message", ...common, externalId: message.id, from: person, content, history };
}

/** The customer has a new number or user id. What stays the same isn't repeated by Meta. */
function contactChange(
  message: WireMessage,
  moved: z.infer<typeof movedSchema>,
  { person, ...common }: { readonly route: string; readonly at: number; readonly person: Person },
): InboundItem {
  const now: Person = {
    identifiers: [
      ...(moved.wa_id === undefined ? [] : [{ kind: "wa_id", value: moved.wa_id } as const]),
      ...(moved.user_id === undefined ? [] : [{ kind: "bsuid", value: moved.user_id } as const]),
    ],
    name: null,
  };
  return { kind: "contact-change", ...common, externalId: message.id, was: person, now, text: moved.body };
}
