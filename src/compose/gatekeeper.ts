import { callerFromCookie, callerFromToken, reloadCaller } from "../auth/authenticate.ts";
import type { Context } from "../domain/context.ts";
import type { Gatekeeper } from "../realtime/ports.ts";

/** Proofs of the realtime endpoints, by the same functions that HTTP uses. */
export function gatekeeper(context: Context): Gatekeeper {
  return {
    admitToken: (token) => callerFromToken(context, token, "realtime"),
    admitCookie: (header) => callerFromCookie(context, header),
    reload: (caller) => reloadCaller(context, caller),
  };
}
