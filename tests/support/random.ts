/** Random numbers that a printed seed brings back: `BALCAO_SEED=…`. */
export interface Random {
  readonly seed: number;
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
}

export function seededRandom(seed = Number(process.env["BALCAO_SEED"] ?? Date.now() % 2 ** 31)): Random {
  let state = seed >>> 0;
  // Mulberry32: enough to choose test data.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { seed, below, pick: (list) => list[below(list.length)] ?? list[0] };
}
