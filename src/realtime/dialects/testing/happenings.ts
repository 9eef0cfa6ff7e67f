/** One of each signal of the moment, always the same; a new kind does not compile without its line. */
import type { Happening, HappeningOf } from "../../dialect.ts";
import { agentId, at, companyId, contact, conversation, samples } from "./samples.ts";

const { scope } = samples["message.created"];
const here = { companyId, conversationId: conversation.id, scope };

/** An agent types. */
export const happenings: { readonly [K in Happening["kind"]]: HappeningOf<K> } = {
  typing: { kind: "typing", ...here, typing: true, by: { kind: "user", id: agentId, name: "Ana" } },
  presence: {
    kind: "presence",
    companyId,
    userId: agentId,
    name: "Ana",
    presence: "online",
    was: "offline",
    cause: "connection",
    lastSeenAt: null,
    at,
  },
  viewing: { kind: "viewing", ...here, userIds: [agentId] },
  tick: { kind: "tick", companyId, seq: 1815 },
};

export const contactTypes: HappeningOf<"typing"> = {
  ...happenings.typing,
  by: { kind: "contact", id: contact.id, name: contact.name },
};
