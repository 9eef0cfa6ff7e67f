import type { Locale } from "../../contract/entities.ts";
import type { NotificationId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { readCompany } from "../companies/store.ts";
import type { ProviderError } from "../inbound-item.ts";
import { notify } from "../notifications/notify.ts";
import { accountOf } from "./record.ts";
import type { ChannelRef } from "./state.ts";
import { readChannel, updateChannelRow } from "./store.ts";

const alert: Readonly<Record<Locale, (name: string, reason: string) => string>> = {
  "pt-BR": (name, reason) => `O canal “${name}” parou de enviar: ${reason}`,
  en: (name, reason) => `The channel “${name}” stopped sending: ${reason}`,
  es: (name, reason) => `El canal “${name}” dejó de enviar: ${reason}`,
};

export interface PauseReason {
  readonly error: ProviderError;
  /** The settings that the error is about (`accountOf`): those of now may have nothing to do with it. */
  readonly account: string;
  readonly notificationId: NotificationId;
}

/**
 * Stops a channel's outbox after an error that every other message would meet too (token revoked, number banned,
 * billing): its queue is kept until it is connected again, and everybody is told once.
 */
export async function pauseInside(
  tx: Tx,
  ref: ChannelRef,
  { error, account, notificationId }: PauseReason,
): Promise<void> {
  const { companyId, channelId, at } = ref;
  const row = await readChannel(tx, companyId, channelId);
  if (!row || row.paused_reason !== null || accountOf(row) !== account) return;
  const reason = `${error.message} (${error.code})`;
  await updateChannelRow(tx, row, { status: "error", status_detail: reason, paused_reason: reason });
  await append(tx, companyId, {
    type: "channel.status",
    data: { channel_id: channelId, status: "error" },
    at,
  });
  const company = await readCompany(tx, companyId);
  await notify(tx, companyId, {
    id: notificationId,
    userId: null,
    kind: "channel",
    text: alert[company?.locale ?? "en"](row.name, reason),
    data: { channel_id: channelId, code: error.code },
    at,
  });
}
