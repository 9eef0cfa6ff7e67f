import { StorageError, type Value } from "./sql.ts";
import { endWorker } from "./worker-end.ts";
import type { Answer, Question } from "./worker-messages.ts";

interface Query {
  readonly question: Question;
  answer(event: MessageEvent): void;
  fail(error: unknown): void;
}

/**
 * `Sql.heavy`: hands statements to a worker, one at a time, and starts it when first needed.
 *
 * Bun can't interrupt a running statement. One that exceeds the deadline is given up together with its worker,
 * whose thread ends when SQLite returns, and the next statement gets a new one.
 */
export class HeavyReader {
  readonly #path: string;
  readonly #deadlineMs: number;
  readonly #queue: Query[] = [];
  #worker: Worker | undefined;
  #running: Query | undefined;
  #deadline: NodeJS.Timeout | undefined;

  constructor(path: string, deadlineMs: number) {
    this.#path = path;
    this.#deadlineMs = deadlineMs;
  }

  query<Row>(text: string, params: readonly Value[] = []): Promise<Row[]> {
    const { promise, resolve, reject } = Promise.withResolvers<Row[]>();
    this.#queue.push({
      question: { path: this.#path, text, params },
      answer: ({ data }: MessageEvent<Answer<Row>>) =>
        data.kind === "rows" ? resolve(data.rows) : reject(toError(data)),
      fail: reject,
    });
    this.#next();
    return promise;
  }

  /** Fails what is queued or running with `closed` and lets go of the worker. */
  async close(): Promise<void> {
    for (const query of this.#queue.splice(0)) query.fail(new StorageError("closed"));
    if (this.#running !== undefined) this.#giveUp(new StorageError("closed"));
    else if (this.#worker !== undefined) await endWorker(this.#worker);
  }

  #next(): void {
    if (this.#running !== undefined) return;
    const query = this.#queue.shift();
    if (query === undefined) return;
    this.#running = query;
    this.#worker ??= this.#startWorker();
    this.#deadline = setTimeout(() => this.#giveUp(tooLong(this.#deadlineMs)), this.#deadlineMs);
    this.#worker.postMessage(query.question);
  }

  #startWorker(): Worker {
    // In the executable a worker is an entry point of its own, found relative to the entries' common folder.
    const worker = new Worker(
      Bun.isStandaloneExecutable ? "./db/read-worker.ts" : new URL("./read-worker.ts", import.meta.url).href,
    );
    worker.onmessage = (event) => this.#finish()?.answer(event);
    worker.onerror = (event) => this.#giveUp(new StorageError("failed", { cause: new Error(event.message) }));
    return worker;
  }

  #finish(): Query | undefined {
    clearTimeout(this.#deadline);
    const query = this.#running;
    this.#running = undefined;
    queueMicrotask(() => this.#next());
    return query;
  }

  #giveUp(error: StorageError): void {
    if (this.#worker !== undefined) {
      // What it may still send belongs to nobody.
      this.#worker.onmessage = null;
      this.#worker.onerror = null;
      this.#worker.terminate();
      this.#worker = undefined;
    }
    this.#finish()?.fail(error);
  }
}

function toError(answer: Exclude<Answer<unknown>, { kind: "rows" }>): Error {
  switch (answer.kind) {
    case "storage":
      return new StorageError(answer.reason, { cause: new Error(answer.detail) });
    case "error":
      return new Error(answer.message);
  }
}

function tooLong(milliseconds: number): StorageError {
  return new StorageError("busy", { cause: new Error(`the query ran for more than ${milliseconds} ms`) });
}
