import { Connection } from "./connection.ts";
import { StorageError } from "./sql.ts";
import { END } from "./worker-end.ts";
import type { Answer, Question } from "./worker-messages.ts";

// The thread behind `Sql.heavy`: a read-only connection of its own, so that a long query stalls no socket.

declare const self: Worker;

let connection: Connection | undefined;

self.onmessage = ({ data }: MessageEvent<Question | typeof END>) => {
  if (data === END) {
    connection?.close();
    process.exit();
  }
  self.postMessage(answer(data));
};

function answer({ path, text, params }: Question): Answer<unknown> {
  try {
    connection ??= new Connection(path, "read-only");
    return { kind: "rows", rows: connection.all(text, params) };
  } catch (error) {
    if (error instanceof StorageError)
      return { kind: "storage", reason: error.reason, detail: String(error.cause) };
    return { kind: "error", message: error instanceof Error ? error.message : String(error) };
  }
}
