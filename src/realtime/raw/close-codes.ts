import type { EndReason } from "../link.ts";

/** Close codes of the raw dialects (realtime.md, "Authentication"); browsers accept 4000–4999 and a few others. */
export const closeCodes: Readonly<Record<EndReason, number>> = {
  unauthorized: 4401,
  expired: 4401,
  forbidden: 4403,
  auth_timeout: 4408,
  too_far_behind: 4409,
  rate_limited: 4429,
  restarting: 1012,
  gone: 1000,
};
