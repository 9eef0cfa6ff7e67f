/** Milliseconds; cutting connections takes none, but Bun's promise of it sometimes never settles. */
const patienceMs = 1_000;

/** Closes a server and every connection to it. */
export async function endServer(server: { stop(closeConnections: boolean): Promise<void> }): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, patienceMs);
  await Promise.race([server.stop(true), late]);
  clearTimeout(timer);
}
