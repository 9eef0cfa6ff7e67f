import type { ApiKeyId, SessionId, UserId } from "../contract/ids.ts";

/** What no longer stands. Told after the commit, so that a look at the database agrees. */
export type Revocation =
  | { readonly kind: "sessions"; readonly sessionIds: readonly SessionId[] }
  | { readonly kind: "user"; readonly userId: UserId }
  | { readonly kind: "api_key"; readonly apiKeyId: ApiKeyId };

/** Tells open connections at once that what they hang on was revoked; requests look at the database themselves. */
export interface Revocations {
  /** Calls `listener` for each revocation until the returned function is called. */
  onRevoked(listener: (revocation: Revocation) => void): () => void;
  tell(revocation: Revocation): void;
}

export function createRevocations(): Revocations {
  const listeners = new Set<(revocation: Revocation) => void>();
  return {
    onRevoked(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(revocation) {
      for (const listener of listeners) listener(revocation);
    },
  };
}
