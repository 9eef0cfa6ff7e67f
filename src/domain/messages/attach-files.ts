import type { AttachmentId, CompanyId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { newId } from "../../lib/ids.ts";
import { insertRemoteAttachment } from "../attachments/store.ts";
import type { RemoteFile } from "../inbound-item.ts";

/** Notes a message's files, which are fetched after the commit: `attachments.state` is `pending` until then. */
export async function attachFiles(
  tx: Tx,
  message: { readonly id: MessageId; readonly companyId: CompanyId },
  { files, at }: { readonly files: readonly RemoteFile[]; readonly at: number },
): Promise<void> {
  for (const file of files) {
    await insertRemoteAttachment(tx, message.companyId, {
      id: newId<AttachmentId>(),
      messageId: message.id,
      name: file.name,
      mimeType: file.mimeType,
      source: JSON.stringify(file.source),
      at,
    });
  }
}
