import { z } from "zod";

import { Refusal } from "../../contract/errors.ts";
import type { ChannelRecord } from "../../domain/channels/record.ts";
import { fieldErrors } from "../../domain/routing.ts";
import type { RunningChannel } from "../channel.ts";
import type { ChannelDeps, ChannelModule } from "../kinds.ts";
import { startCloudNumber } from "./client.ts";
import { whatsappCloudInbound } from "./inbound.ts";

/** How long the Graph API may take for one request (ms). */
const TIMEOUT_MS = 30_000;

// They stand in paths and headers: nothing that could break out of either.
const graphId = z.string().regex(/^[\w-]{1,64}$/, "must be the id that Meta shows, without spaces");
const secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,1024}$/, "must be letters, digits and signs without spaces");

const shownSchema = z.object({
  phone_number_id: graphId,
  waba_id: graphId.nullish().transform((id) => id ?? null),
  api_version: z
    .string()
    .regex(/^v\d{1,3}\.\d{1,2}$/, "must look like v24.0")
    .default("v24.0"),
});
const secretsSchema = z.object({ access_token: secret, app_secret: secret, verify_token: secret });
const settingsSchema = z.strictObject({ ...shownSchema.shape, ...secretsSchema.shape });

/** WhatsApp through Meta's Cloud API. */
export const whatsappCloud: ChannelModule = {
  check(settings) {
    const parsed = settingsSchema.safeParse(settings);
    if (!parsed.success) {
      const fields = fieldErrors(parsed.error).map(({ path, message }) => ({ path: joined(path), message }));
      throw new Refusal("invalid_request", { fields });
    }
    const { phone_number_id, waba_id, api_version, ...secrets } = parsed.data;
    return { shown: { phone_number_id, waba_id, api_version }, secrets, externalKey: phone_number_id };
  },
  webhookPath: (id) => `/webhooks/whatsapp/${id}`,
  inbound: whatsappCloudInbound,
  start,
};

function start(record: ChannelRecord, { graphUrl, allowPrivateUrls }: ChannelDeps): RunningChannel {
  const shown = shownSchema.parse(record.settings);
  return startCloudNumber({
    id: record.id,
    phoneNumberId: shown.phone_number_id,
    wabaId: shown.waba_id,
    graph: {
      url: graphUrl,
      version: shown.api_version,
      accessToken: secretsSchema.parse(record.secrets).access_token,
      timeoutMs: TIMEOUT_MS,
    },
    // The operator configured this one, wherever it stands; files may be elsewhere.
    outgoing: { allowPrivate: allowPrivateUrls, trustedOrigin: new URL(graphUrl).origin },
  });
}

function joined(path: string): string {
  return path === "" ? "settings" : `settings.${path}`;
}
