import type { TFunction } from "i18next";

import type { Message } from "../../contract/entities.ts";

/**
 * The refusals of WhatsApp that an agent meets, by what can be done about them (Meta, "Cloud API error codes"). The rest
 * is shown in the provider's own words.
 */
const reasons: Readonly<Record<string, "unreachable" | "window" | "held" | "limit" | "file" | "template">> = {
  "131026": "unreachable",
  "131047": "window",
  "131049": "held",
  "130472": "held",
  "130429": "limit",
  "131048": "limit",
  "131056": "limit",
  "131051": "file",
  "131053": "file",
  "132001": "template",
};

/** Why a message was not delivered and what to do next, in the agent's language where we know. */
export function reasonOf(error: Message["error"], t: TFunction): string {
  if (!error) return t("status.failedHint");
  const known = reasons[error.code];
  return known ? t(`status.why.${known}`) : error.message;
}
