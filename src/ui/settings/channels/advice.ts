/**
 * What a shop owner can do about a channel's trouble. The server tells it in Meta's own words with Meta's code at the end,
 * such as `Cannot parse access token (190)`; the codes are those of Meta's error reference.
 */
export type Advice =
  | "token"
  | "permission"
  | "number"
  | "blocked"
  | "billing"
  | "register"
  | "spam"
  | "webhooks"
  | "quality"
  | "meta";

const ofCode: ReadonlyMap<number, Advice> = new Map([
  [0, "token"],
  [190, "token"],
  [3, "permission"],
  [10, "permission"],
  [131005, "permission"],
  [33, "number"],
  [100, "number"],
  [368, "blocked"],
  [130497, "blocked"],
  [131031, "blocked"],
  [131042, "billing"],
  [131045, "register"],
  [131048, "spam"],
]);

/** The advice for a channel's `status_detail` or `paused_reason`; "meta" where nothing but waiting is known to help. */
export function adviceOf(detail: string | null): Advice {
  if (detail === null) return "meta";
  if (detail.startsWith("webhooks:")) return "webhooks";
  if (detail.startsWith("number quality:")) return "quality";
  const code = Number(/\((\d+)\)$/.exec(detail)?.[1]);
  if (code >= 200 && code <= 299) return "permission";
  return ofCode.get(code) ?? "meta";
}
