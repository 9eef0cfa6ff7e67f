import { endWorker } from "./worker-end.ts";
import type { LogState } from "./worker-messages.ts";

/** How long after a commit the log is folded into the database (ms). */
const DELAY_MS = 250;

/** Runs checkpoints in a worker while there are commits, and none while there are not. */
export class Checkpointer {
  readonly #path: string;
  readonly #report: (log: LogState) => void;
  #worker: Worker | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** `report` is called after each checkpoint. */
  constructor(path: string, report: (log: LogState) => void) {
    this.#path = path;
    this.#report = report;
  }

  /** To be called after each commit. */
  committed(): void {
    if (this.#closed || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#checkpoint(), DELAY_MS);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.#worker !== undefined) await endWorker(this.#worker);
  }

  #checkpoint(): void {
    this.#worker ??= this.#startWorker();
    this.#worker.postMessage(this.#path);
  }

  #startWorker(): Worker {
    // See heavy-reader.ts for the path.
    const worker = new Worker(
      Bun.isStandaloneExecutable
        ? "./db/checkpoint-worker.ts"
        : new URL("./checkpoint-worker.ts", import.meta.url).href,
      { ref: false },
    );
    worker.onmessage = ({ data }: MessageEvent<LogState>) => {
      this.#timer = undefined;
      if (!this.#closed) this.#report(data);
    };
    // Without the worker the writer's own `wal_autocheckpoint` bounds the log; the next commit starts a new one.
    worker.onerror = () => {
      this.#worker = undefined;
      this.#timer = undefined;
    };
    return worker;
  }
}
