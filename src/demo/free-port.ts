/** `wanted` if it is free on 127.0.0.1, else 0: "any". */
export function freePort(wanted: number): number {
  if (wanted === 0) return 0;
  try {
    Bun.listen({ hostname: "127.0.0.1", port: wanted, socket: { data: () => undefined } }).stop(true);
    return wanted;
  } catch {
    return 0;
  }
}
