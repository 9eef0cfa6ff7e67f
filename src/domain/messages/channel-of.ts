import { Refusal } from "../../contract/errors.ts";
import type { Read } from "../../db/sql.ts";
import type { ConversationRow } from "../conversations/store.ts";
import { type Capabilities, capabilities } from "./capabilities.ts";
import { readChannelKind } from "./send-store.ts";

/** What the conversation's channel can carry. Throws `conflict` where the channel is gone. */
export async function capabilitiesOf(tx: Read, conversation: ConversationRow): Promise<Capabilities> {
  const kind = await readChannelKind(tx, conversation.company_id, conversation.channel_id);
  if (kind === undefined) throw new Refusal("conflict", { reason: "channel_deleted" });
  return capabilities[kind];
}
