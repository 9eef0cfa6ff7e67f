import type { Identifier } from "../../contract/entities.ts";
import type { NotificationId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { newId } from "../../lib/ids.ts";
import { pauseInside } from "../channels/pause.ts";
import { learnIdentifiers } from "../contacts/identify.ts";
import type { Context } from "../context.ts";
import type { ProviderError } from "../inbound-item.ts";
import { advanceStatus } from "../messages/status.ts";
import { endClaim, type OutboxRow, type RowEnd } from "./store.ts";

/** How a try ended. */
export type Ending =
  | {
      readonly kind: "sent";
      readonly externalId: string;
      /** As the provider names the recipient: learned as aliases. */
      readonly recipient: readonly Identifier[];
    }
  /** Tried again at `dueAt` (ms). */
  | { readonly kind: "retry"; readonly error: ProviderError; readonly dueAt: number }
  /** The whole channel is out of order: it pauses, and the row keeps its place. */
  | {
      readonly kind: "pause";
      readonly error: ProviderError;
      /** The settings with which it was tried; see `accountOf`. */
      readonly account: string;
    }
  | { readonly kind: "failed"; readonly error: ProviderError; readonly retryable: boolean }
  /** It left and no answer came: never sent again by itself. */
  | { readonly kind: "unknown"; readonly error: ProviderError }
  /** Nothing left the house, as when the server stops. */
  | { readonly kind: "released" };

/**
 * Writes down how a claimed row's try ended, the provider's id and what it says of the message, in one commit
 * (channels.md, "Outbox"). Does nothing where the row is not claimed any more.
 */
export function settle(context: Context, row: OutboxRow, ending: Ending): Promise<void> {
  const at = context.clock.now();
  const notificationId = newId<NotificationId>();
  return context.sql.transaction(async (tx) => {
    if (!(await endClaim(tx, row.id, rowEnd(ending, at)))) return;
    if (ending.kind === "pause") {
      await pauseInside(
        tx,
        { companyId: row.company_id, channelId: row.channel_id, at },
        { error: ending.error, account: ending.account, notificationId },
      );
    }
    if (ending.kind === "sent" && ending.recipient.length > 0) {
      const { contact_id: contactId, company_id: companyId } = row;
      await learnIdentifiers(tx, { companyId, contactId, identifiers: ending.recipient, at });
    }
    if (row.kind === "message") await tellMessage(tx, row, { ending, at });
  });
}

function rowEnd(ending: Ending, at: number): RowEnd {
  switch (ending.kind) {
    case "sent":
      return { state: "done", dueAt: at, error: null, counts: true };
    case "retry":
      return { state: "due", dueAt: ending.dueAt, error: words(ending.error), counts: true };
    case "pause":
      return { state: "due", dueAt: at, error: words(ending.error), counts: false };
    case "failed":
      return { state: "failed", dueAt: at, error: words(ending.error), counts: true };
    case "unknown":
      return { state: "unknown", dueAt: at, error: words(ending.error), counts: true };
    case "released":
      return { state: "due", dueAt: at, error: null, counts: false };
  }
}

async function tellMessage(
  tx: Tx,
  row: OutboxRow,
  { ending, at }: { readonly ending: Ending; readonly at: number },
): Promise<void> {
  const message = { companyId: row.company_id, messageId: row.message_id, at };
  switch (ending.kind) {
    case "sent":
      await advanceStatus(tx, { ...message, status: "sent", error: null, externalId: ending.externalId });
      return;
    case "failed":
      await advanceStatus(tx, {
        ...message,
        status: "failed",
        error: { ...ending.error, retryable: ending.retryable },
      });
      return;
    case "unknown":
      await advanceStatus(tx, { ...message, status: "unknown", error: { ...ending.error, retryable: true } });
      return;
    case "retry":
    case "pause":
    case "released":
      // The message waits as it did.
      return;
  }
}

function words({ code, message }: ProviderError): string {
  return `${code}: ${message}`;
}
