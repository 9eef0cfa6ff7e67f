import type { Admission } from "../auth/authenticate.ts";
import type { Caller } from "../auth/caller.ts";
import type { Presence } from "../contract/entities.ts";
import type { CompanyId, ConversationId, UserId } from "../contract/ids.ts";

/** Who may come in. Throws `Refusal` `unauthorized` | `token_invalid` | `token_expired` | `forbidden`. */
export interface Gatekeeper {
  /** An access token, or an API key with the scope `realtime`. */
  admitToken(token: string): Promise<Admission>;
  /** The `Cookie` header with `balcao_session`. */
  admitCookie(header: string): Promise<Admission>;
  /** The caller with the rights of now; null when the session, key or user no longer stands. */
  reload(caller: Caller): Promise<Caller | null>;
}

/** What a connection may do to the domain. */
export interface Actions {
  markRead(caller: Caller, conversationId: ConversationId): Promise<void>;
  /** Tells the contact, where the channel can. */
  showTyping(caller: Caller, conversationId: ConversationId, typing: boolean): void;
  chosenPresence(caller: Caller): Promise<Presence>;
  choosePresence(caller: Caller, presence: Presence): Promise<void>;
  /** The user's last connection has gone. */
  departed(companyId: CompanyId, userId: UserId): Promise<void>;
}
