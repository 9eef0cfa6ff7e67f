/** A record of one value for each key, made one after the other in the order of the keys. */
export async function recordOf<Key extends string, T>(
  keys: readonly Key[],
  make: (key: Key) => Promise<T>,
): Promise<Record<Key, T>> {
  const entries: [Key, T][] = [];
  for (const key of keys) entries.push([key, await make(key)]);
  // `fromEntries` forgets what the keys were.
  return Object.fromEntries(entries) as Record<Key, T>;
}
