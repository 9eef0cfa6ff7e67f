import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Meta's question before it sends webhooks to an address (GET): the challenge to answer as plain text,
 * or null where the mode or token is wrong (403).
 */
export function verifyChallenge(query: URLSearchParams, verifyToken: string): string | null {
  const token = query.get("hub.verify_token") ?? "";
  const isRight = verifyToken !== "" && timingSafeEqual(digest(token), digest(verifyToken));
  if (query.get("hub.mode") !== "subscribe" || !isRight) return null;
  return query.get("hub.challenge");
}

/** Equal lengths, whatever was sent. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
