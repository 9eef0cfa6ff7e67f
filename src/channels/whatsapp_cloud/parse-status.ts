import { z } from "zod";

import type { MessageId } from "../../contract/ids.ts";
import type { BrokenItem, InboundItem } from "../channel.ts";
import { personOf } from "./people.ts";
import { firstError } from "./provider-error.ts";
import { idSchema, type Origin, readTime, reasonOf } from "./wire.ts";

const statusSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  timestamp: z.unknown().optional(),
  recipient_id: idSchema.optional(),
  recipient_user_id: idSchema.optional(),
  recipient_type: z.string().optional(),
  biz_opaque_callback_data: z.string().optional().catch(undefined),
  errors: z.array(z.unknown()).default([]),
});

const known = ["sent", "delivered", "read", "played", "failed"] as const;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One of `statuses[]`. A word that we don't know ("warning", "deleted") is of no consequence for the inbox. */
export function parseStatus(raw: unknown, origin: Origin): InboundItem | BrokenItem {
  const { route } = origin;
  const parsed = statusSchema.safeParse(raw);
  if (!parsed.success) return { kind: "broken", route, reason: reasonOf(parsed.error, "status") };
  const { data } = parsed;
  const at = readTime(data.timestamp, origin.at);
  const status = known.find((word) => word === data.status);
  if (status === undefined) return { kind: "ignored", route, at, field: `statuses.${data.status}` };
  const isGroup = data.recipient_type === "group";
  return {
    kind: "status",
    route,
    at,
    externalId: data.id,
    status,
    error: status === "failed" ? failure(data.errors) : null,
    messageId: ourId(data.biz_opaque_callback_data),
    recipient: isGroup ? null : personOf({ waId: data.recipient_id, userId: data.recipient_user_id }),
  };
}

function failure(errors: readonly unknown[]) {
  return firstError(errors) ?? { code: "unknown", message: "WhatsApp gave no reason." };
}

/** Another program may use the same number and give back ids of its own. */
function ourId(data: string | undefined): MessageId | null {
  // The shape is all that can be told here; the domain looks it up within the company.
  return data !== undefined && UUID.test(data) ? (data as MessageId) : null;
}
