import type { Locale, Role, Visibility } from "../contract/entities.ts";
import type { ApiKeyId, CompanyId, QueueId, SessionId, UserId } from "../contract/ids.ts";

/** What an API key may be used for. */
export const scopes = ["api", "realtime", "metrics"] as const;
export type Scope = (typeof scopes)[number];

/** How the caller proved who they are; every request and connection hangs on a row that can be revoked. */
export type Credential =
  | { readonly kind: "session"; readonly sessionId: SessionId }
  | { readonly kind: "api_key"; readonly apiKeyId: ApiKeyId; readonly scopes: readonly Scope[] };

/** Who asks. Role, company and queues come from the database at each request, never from the token. */
export interface Caller {
  readonly companyId: CompanyId;
  readonly userId: UserId;
  readonly name: string;
  readonly role: Role;
  readonly queueIds: readonly QueueId[];
  /** The company's setting. */
  readonly visibility: Visibility;
  readonly locale: Locale;
  readonly credential: Credential;
}
