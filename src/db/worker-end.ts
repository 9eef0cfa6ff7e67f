/** The last message to a worker: close the connection and end. */
export const END = "end";

/** How long a worker may take to end by itself (ms). */
const WAIT_MS = 1_000;

/**
 * Resolves when the worker has let go of the database, or was ended by force since it was busy for too long.
 * A worker that is just terminated leaves its connection open, and SQLite then keeps the log beside the database.
 */
export async function endWorker(worker: Worker): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const force = setTimeout(() => {
    worker.terminate();
    resolve();
  }, WAIT_MS);
  worker.addEventListener("close", () => resolve());
  worker.postMessage(END);
  await promise;
  clearTimeout(force);
}
