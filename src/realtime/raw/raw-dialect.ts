/** What a dialect over a plain WebSocket adds to `Dialect`: where its proof stands, and what its frames mean. */
import type { Presence } from "../../contract/entities.ts";
import type { ConversationId, UserId } from "../../contract/ids.ts";
import type { Dialect } from "../dialect.ts";
import type { Start } from "../sessions.ts";

/** What the upgrade request brings along. Plain strings: a retained `Headers` costs kilobytes a connection. */
export interface Handshake {
  readonly token: string | null;
  /** The Cookie header, only where the dialect accepts one and the Origin is exact. */
  readonly cookie: string | null;
  /** Must match the caller, where given. */
  readonly claims: { readonly userId: string | null; readonly companyId: string | null };
  readonly start: Start;
}

export type Command =
  | { readonly kind: "auth"; readonly token: string; readonly userId: UserId | null; readonly start: Start }
  | { readonly kind: "ping" }
  | {
      readonly kind: "subscribe";
      readonly conversationId: ConversationId;
      readonly since: number | undefined;
    }
  | { readonly kind: "unsubscribe"; readonly conversationId: ConversationId }
  | { readonly kind: "typing"; readonly conversationId: ConversationId; readonly typing: boolean }
  | { readonly kind: "presence"; readonly status: Presence }
  | { readonly kind: "read"; readonly conversationId: ConversationId };

export interface RawDialect {
  readonly dialect: Dialect;
  readonly path: string;
  readonly form: string;
  handshake(request: Request, exactOrigin: boolean): Handshake;
  /** The command of a parsed frame, or what is wrong with it. */
  decode(
    frame: unknown,
  ): Command | { readonly kind: "mistake"; readonly code: string; readonly message: string };
}
