/** What a Socket.IO client brings along when it connects to a namespace: its token and where it stopped. */
import { z } from "zod";

import type { Admission } from "../../auth/authenticate.ts";
import { bearerToken } from "../../auth/bearer.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ConversationId } from "../../contract/ids.ts";
import { opaqueId } from "../../lib/opaque-id.ts";
import type { Gatekeeper } from "../ports.ts";
import type { Start } from "../sessions.ts";
import type { SocketForm } from "./frame.ts";

/** The parts of socket.io's `socket.handshake` that count. */
export interface SocketHandshake {
  readonly auth: unknown;
  readonly headers: { readonly authorization?: string | undefined };
  readonly query: unknown;
}

/** A query stands in the logs of proxies: only what ends soon may stand there (realtime.md), in milliseconds. */
const LONGEST_IN_QUERY_MS = 15 * 60 * 1000;

const token = z.string().min(1).max(8192);
const tokenIn = z.object({ token });

/** Proves who connects, by the first token found: `auth.token`, `Authorization: Bearer`, `token` in the query. Throws as `admitToken`. */
export async function admit(
  gatekeeper: Gatekeeper,
  { auth, headers, query }: SocketHandshake,
  now: number,
): Promise<Admission> {
  const given = readToken(auth) ?? bearerToken(headers.authorization);
  if (given !== null) return gatekeeper.admitToken(given);
  const inQuery = readToken(query);
  if (inQuery === null) throw new Refusal("unauthorized");
  const admission = await gatekeeper.admitToken(inQuery);
  const { expiresAt } = admission;
  if (expiresAt === null || expiresAt - now > LONGEST_IN_QUERY_MS) throw new Refusal("token_invalid");
  return admission;
}

function readToken(holder: unknown): string | null {
  const parsed = tokenIn.safeParse(holder);
  return parsed.success ? parsed.data.token : null;
}

/** Each field by itself: what is not as it should be counts as not given. */
const startFields = z.object({
  since: z.number().int().nonnegative().optional().catch(undefined),
  epoch: z.string().max(128).optional().catch(undefined),
  rooms: z.array(opaqueId<ConversationId>()).max(1000).optional().catch(undefined),
  resume: z.literal(true).optional().catch(undefined),
});

/** Where the client stopped, and the wire form it asked for by `resume: true` or `since`. */
export function readStart(auth: unknown): { readonly start: Start; readonly form: SocketForm } {
  const { resume, ...start } = startFields.catch({}).parse(auth);
  return { start, form: resume === true || start.since !== undefined ? "sequenced" : "plain" };
}
