import type { CompanyId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import type { InboundItem } from "../inbound-item.ts";
import { attachFiles } from "./attach-files.ts";
import { fillPlaceholder } from "./placeholder-store.ts";

/**
 * History names files that follow later, under the same id (WhatsApp, "media_placeholder"): then the message that stood
 * for it becomes what it was. Returns false for a redelivery, which changes nothing.
 */
export async function completePlaceholder(
  tx: Tx,
  message: { readonly id: MessageId; readonly companyId: CompanyId },
  { item, at }: { readonly item: Extract<InboundItem, { kind: "message" | "echo" }>; readonly at: number },
): Promise<boolean> {
  const { content, history } = item;
  if (history === null || content.files.length === 0) return false;
  const filled = await fillPlaceholder(tx, message.companyId, {
    id: message.id,
    messageType: content.type,
    content: content.text,
    metadata: JSON.stringify({ ...content.metadata, history: true }),
  });
  if (!filled) return false;
  await attachFiles(tx, message, { files: content.files, at });
  const data = {
    message_id: message.id,
    conversation_id: filled.conversation_id,
    change: "attachment",
  } as const;
  await append(tx, message.companyId, { type: "message.updated", data, at });
  return true;
}
