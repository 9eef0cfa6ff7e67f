import { Connection } from "./connection.ts";
import type { LogState } from "./worker-messages.ts";

// Folds the write-ahead log into the database on a thread of its own: the syncs that it takes stall no socket.

declare const self: Worker;

let connection: Connection | undefined;

self.onmessage = ({ data: path }: MessageEvent<string>) => {
  self.postMessage(checkpoint(path));
};

/** Waits for nobody: what readers or the writer hold back is for the next time. */
function checkpoint(path: string): LogState {
  try {
    connection ??= new Connection(path, "read-write");
    const row = connection.control<{ log: number; checkpointed: number }>("PRAGMA wal_checkpoint(PASSIVE)");
    return { pages: row?.log ?? 0, folded: row?.checkpointed ?? 0 };
  } catch {
    // The disk is full or failing: the writer meets the same and tells its callers.
    return { pages: 0, folded: 0 };
  }
}
