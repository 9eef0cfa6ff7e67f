/** Where the emulator takes its ids and its shuffling from. The same seed gives the same sequence. */
export interface IdSource {
  /** A WhatsApp message id of the real shape: base64 of a small record that holds the phone and a hex id. */
  wamid(person: string, direction: "in" | "out"): string;
  /** 15 digits, as media ids have them. */
  numeric(): string;
  /** Lower-case hex of `bytes` bytes. */
  hex(bytes: number): string;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
}

/** Without a seed the ids are unique from run to run, as a database that outlives the emulator needs. */
export function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
}

/** `seed`: any 32-bit integer. */
export function seededIds(seed: number): IdSource {
  const next = generator(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const hex = (bytes: number): string =>
    Buffer.from(Array.from({ length: bytes }, () => below(256))).toString("hex");
  return {
    hex,
    wamid: (person, direction) => wamidOf(person, direction, hex(10).toUpperCase()),
    numeric: () => String(1 + below(9)) + Array.from({ length: 14 }, () => below(10)).join(""),
    shuffle: (items) => shuffled(items, below),
  };
}

/** Length-prefixed fields as in the ids that Meta gives; the tag after the phone tells the direction. */
function wamidOf(person: string, direction: "in" | "out", id: string): string {
  const record = Buffer.concat([
    Buffer.from([0x1c, 0x18, person.length]),
    Buffer.from(person, "latin1"),
    Buffer.from([0x15, 0x02, 0x00, direction === "in" ? 0x12 : 0x11, 0x18, id.length]),
    Buffer.from(id, "latin1"),
    Buffer.from([0x00]),
  ]);
  return `wamid.${record.toString("base64")}`;
}

function shuffled<T>(items: readonly T[], below: (limit: number) => number): T[] {
  return items
    .map((item) => ({ item, rank: below(2 ** 30) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** mulberry32: small, fast and good enough to vary tests; never for secrets. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
