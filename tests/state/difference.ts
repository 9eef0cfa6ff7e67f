import type { State } from "../../src/contract/apply.ts";

/**
 * The first place where what somebody has is not what he would load now, in words; null where all is the same.
 * Presence is of the moment and no part of it; of threads only those count that he has loaded.
 */
export function firstDifference(has: State, loads: State): string | null {
  const threads = new Map([...loads.threads].filter(([id]) => has.threads.has(id)));
  return between(
    plain({ ...has, users: still(has) }),
    plain({ ...loads, threads, users: still(loads) }),
    "state",
  );
}

function still({ users }: State): State["users"] {
  return new Map([...users].map(([id, user]) => [id, { ...user, presence: "offline", last_seen_at: null }]));
}

/** Maps as objects. */
function plain(value: unknown): unknown {
  if (!(value instanceof Map)) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  const entries = [...(value as ReadonlyMap<string, unknown>)];
  return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}

function between(has: unknown, loads: unknown, path: string): string | null {
  if (Bun.deepEquals(has, loads, true)) return null;
  if (!isRecord(has) || !isRecord(loads)) {
    return `${path}: has ${JSON.stringify(has)}, would load ${JSON.stringify(loads)}`;
  }
  for (const key of new Set([...Object.keys(has), ...Object.keys(loads)])) {
    const found = between(has[key], loads[key], `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
