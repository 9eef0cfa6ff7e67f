import type { MessageError, MessageStatus } from "../../contract/entities.ts";
import type { ChannelId, CompanyId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { findByExternalId } from "./receive-store.ts";
import { statusAfter } from "./status-order.ts";
import { readStatus, settleUnknownSend, type StatusRow, writeStatusRow } from "./status-store.ts";
import { errorOf } from "./store.ts";

export interface StatusNews {
  readonly companyId: CompanyId;
  readonly messageId: MessageId;
  readonly status: MessageStatus;
  readonly error: MessageError | null;
  /** The provider's id of the message, where the news brings it. */
  readonly externalId?: string;
  /** Milliseconds. */
  readonly at: number;
}

export interface StatusWritten {
  readonly changed: boolean;
  /** Set when the message got its provider's id just now: what waited for that id is due. */
  readonly linked: { readonly channelId: ChannelId; readonly externalId: string } | null;
}

const nothing: StatusWritten = { changed: false, linked: null };

/** `advanceStatus` without what waits for the message. A message that does not exist is left alone. */
export async function writeStatus(tx: Tx, news: StatusNews): Promise<StatusWritten> {
  const { companyId, messageId, at } = news;
  const row = await readStatus(tx, companyId, messageId);
  if (!row) return nothing;
  const status = statusAfter(row.status, news.status);
  const externalId = await newExternalId(tx, row, news);
  const moved = status !== row.status;
  if (!moved && externalId === null) return nothing;
  const error = moved ? news.error : errorOf(row);
  await writeStatusRow(tx, companyId, {
    id: row.id,
    status,
    error,
    externalId: externalId ?? row.external_id,
  });
  if (moved && row.status === "unknown") {
    await settleUnknownSend(tx, companyId, { messageId, failed: status === "failed" });
  }
  const data = { message_id: messageId, conversation_id: row.conversation_id };
  if (moved) await append(tx, companyId, { type: "message.status", data: { ...data, status }, at });
  // A status frame carries the status only: the provider's id and the error come with the whole message.
  const tellsMore = externalId !== null || !Bun.deepEquals(error, errorOf(row));
  if (tellsMore)
    await append(tx, companyId, { type: "message.updated", data: { ...data, change: "error" }, at });
  return { changed: true, linked: externalId === null ? null : { channelId: row.channel_id, externalId } };
}

/** Null where the news brings none, the message has one, or another message of the channel bears it. */
async function newExternalId(tx: Tx, row: StatusRow, { companyId, externalId }: StatusNews) {
  if (externalId === undefined || row.external_id !== null) return null;
  const taken = await findByExternalId(tx, companyId, { channelId: row.channel_id, externalId });
  return taken === undefined ? externalId : null;
}
