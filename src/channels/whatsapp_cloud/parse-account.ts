/** Changes of the account, the number or its templates rather than of a conversation. */
import { z } from "zod";

import type { ChannelStatus } from "../../contract/entities.ts";
import type { BrokenItem, InboundItem } from "../channel.ts";
import { idSchema, type Origin, reasonOf } from "./wire.ts";

type Value = Readonly<Record<string, unknown>>;
type Reader = (value: Value, origin: Origin) => InboundItem | BrokenItem;

const text = z.string().optional().catch(undefined);

/** Fields that somebody should hear of; every other one is kept in the raw log only. */
const readers: Readonly<Record<string, Reader>> = {
  account_update: accountUpdate,
  account_review_update: (value, origin) => state(origin, null, ["account review", textOf(value.decision)]),
  phone_number_quality_update: qualityUpdate,
  phone_number_name_update: (value, origin) =>
    state(origin, null, ["display name", textOf(value.requested_verified_name), textOf(value.decision)]),
  security: (value, origin) => state(origin, null, ["security", textOf(value.event)]),
  message_template_status_update: templateUpdate,
};

/** One change without messages. */
export function parseAccountChange(field: string, value: Value, origin: Origin): InboundItem | BrokenItem {
  const reader = Object.hasOwn(readers, field) ? readers[field] : undefined;
  return reader?.(value, origin) ?? ignored(field, origin);
}

const accountSchema = z.object({
  event: z.string(),
  ban_info: z.object({ waba_ban_state: text, waba_ban_date: text }).optional(),
  violation_info: z.object({ violation_type: text, remediation: text }).optional(),
  restriction_info: z
    .array(z.object({ restriction_type: text, remediation: text }))
    .optional()
    .catch(undefined),
});

/** What an event says of the channel; null: it goes on as it is, but somebody should know. */
const accountEvents: Readonly<Record<string, ChannelStatus | null>> = {
  ACCOUNT_DELETED: "error",
  ACCOUNT_OFFBOARDED: "disconnected",
  ACCOUNT_RECONNECTED: "connected",
  ACCOUNT_RESTRICTION: "degraded",
  ACCOUNT_VIOLATION: null,
  PARTNER_REMOVED: "disconnected",
};
const banStates: Readonly<Record<string, ChannelStatus>> = {
  DISABLE: "error",
  SCHEDULE_FOR_DISABLE: "degraded",
  REINSTATE: "connected",
};

function accountUpdate(value: Value, origin: Origin): InboundItem | BrokenItem {
  const parsed = accountSchema.safeParse(value);
  if (!parsed.success) {
    return { kind: "broken", route: origin.route, reason: reasonOf(parsed.error, "account_update") };
  }
  const { event, ban_info, violation_info, restriction_info = [] } = parsed.data;
  if (event === "DISABLED_UPDATE") {
    const ban = ban_info?.waba_ban_state;
    const status = (ban !== undefined && Object.hasOwn(banStates, ban) && banStates[ban]) || null;
    return state(origin, status, [event, ban, ban_info?.waba_ban_date]);
  }
  const status = Object.hasOwn(accountEvents, event) ? accountEvents[event] : undefined;
  if (status === undefined) return ignored(`account_update.${event}`, origin);
  return state(origin, status, [
    event,
    violation_info?.violation_type,
    violation_info?.remediation,
    ...restriction_info.flatMap((each) => [each.restriction_type, each.remediation]),
  ]);
}

const qualityEvents: Readonly<Record<string, ChannelStatus>> = {
  FLAGGED: "degraded",
  UNFLAGGED: "connected",
};

function qualityUpdate(value: Value, origin: Origin): InboundItem {
  const event = textOf(value.event);
  const status = (event !== undefined && Object.hasOwn(qualityEvents, event) && qualityEvents[event]) || null;
  return state(origin, status, ["number quality", event, textOf(value.current_limit)]);
}

const templateSchema = z.object({
  event: z.string(),
  message_template_name: z.string(),
  message_template_language: idSchema,
  message_template_category: text,
});

function templateUpdate(value: Value, origin: Origin): InboundItem {
  const parsed = templateSchema.safeParse(value);
  // The same field also reports a template's quality, which changes nothing for those who send it.
  if (!parsed.success) return ignored("message_template_status_update", origin);
  const { data } = parsed;
  return {
    kind: "template",
    route: origin.route,
    at: origin.at,
    name: data.message_template_name,
    // Webhooks write "en-US" where the API of templates has "en_US".
    language: data.message_template_language.replace("-", "_"),
    status: data.event,
    category: data.message_template_category ?? null,
  };
}

/** `words` are Meta's own, in reading order: an admin looks them up by these. */
function state(
  { route, at }: Origin,
  status: ChannelStatus | null,
  words: readonly (string | undefined)[],
): InboundItem {
  const detail = words.filter((word) => word !== undefined && word !== "").join(": ");
  return { kind: "channel-state", route, at, status, detail };
}

function ignored(field: string, { route, at }: Origin): InboundItem {
  return { kind: "ignored", route, at, field };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
