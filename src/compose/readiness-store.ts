import type { ChannelStatus } from "../contract/entities.ts";
import type { Read, Tx } from "../db/sql.ts";

/** Writes one row, so that a full disk or a foreign lock shows; `at` in milliseconds. */
export async function touchProbe(tx: Tx, at: number): Promise<void> {
  await tx.run(
    "INSERT INTO meta (key, value) VALUES ('probed_at', $1) ON CONFLICT (key) DO UPDATE SET value = $1",
    [String(at)],
  );
}

/** How many channels, over all companies, are in each state. */
export async function countChannels(tx: Read): Promise<Partial<Record<ChannelStatus, number>>> {
  const rows = await tx.all<{ status: ChannelStatus; count: number }>(
    "SELECT status, COUNT(*) AS count FROM channels WHERE deleted_at IS NULL GROUP BY status ORDER BY status",
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}
