import { Connection } from "./connection.ts";
import { END } from "./worker-end.ts";
import type { LogState } from "./worker-messages.ts";

// Folds the write-ahead log into the database on a thread of its own: the syncs that it takes stall no socket.

declare const self: Worker;

let connection: Connection | undefined;

/** A message is the path of the database, or `END`. */
self.onmessage = ({ data }: MessageEvent<string>) => {
  if (data === END) {
    connection?.close();
    process.exit();
  }
  self.postMessage(checkpoint(data));
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
