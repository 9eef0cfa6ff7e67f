import type { ChannelId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";

/** Keeps a change (JSON) until the provider's message of that id is here; the same one again is one. */
export async function insertEarly(
  tx: Tx,
  row: {
    readonly channelId: ChannelId;
    readonly externalId: string;
    readonly item: string;
    readonly at: number;
  },
): Promise<void> {
  await tx.run(
    `INSERT INTO early_items (channel_id, external_id, item, received_at)
     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [row.channelId, row.externalId, row.item, row.at],
  );
}

export async function takeEarly(
  tx: Tx,
  of: { readonly channelId: ChannelId; readonly externalId: string },
): Promise<readonly string[]> {
  // Nothing waits for nearly every message: looking costs a third of deleting.
  const rows = await tx.all<{ item: string }>(
    "SELECT item FROM early_items WHERE channel_id = $1 AND external_id = $2",
    [of.channelId, of.externalId],
  );
  if (rows.length > 0) {
    await tx.run("DELETE FROM early_items WHERE channel_id = $1 AND external_id = $2", [
      of.channelId,
      of.externalId,
    ]);
  }
  return rows.map((row) => row.item);
}

/** Forgets what came before `before` (milliseconds): its message was never ours. Returns how many. */
export function deleteEarlyBefore(tx: Tx, before: number): Promise<number> {
  return tx.run("DELETE FROM early_items WHERE received_at < $1", [before]);
}
