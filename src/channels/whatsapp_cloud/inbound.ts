import type { InboundKind } from "../inbound-kind.ts";
import { accountRoute, parseWebhook } from "./parse.ts";
import { isSigned } from "./signature.ts";
import { verifyChallenge } from "./verify.ts";

/** Meta's webhooks. One app has one callback for several numbers, and one secret that signs for all of them. */
export const whatsappCloudInbound: InboundKind = {
  challenge: (query, secrets) => verifyChallenge(query, secrets.verify_token ?? ""),
  isSigned: (raw, headers, secrets) =>
    isSigned(raw, headers.get("x-hub-signature-256"), secrets.app_secret ?? ""),
  shareApp: (one, other) => one.app_secret !== undefined && one.app_secret === other.app_secret,
  answersTo: ({ waba_id }, route) => typeof waba_id === "string" && route === accountRoute(waba_id),
  parse: parseWebhook,
};
