import type { Dialect } from "../dialect.ts";
import type { RawDialect } from "../raw/raw-dialect.ts";
import { conversations } from "./conversations/dialect.ts";
import { conversationsEndpoint } from "./conversations/handshake.ts";

/** Every dialect that is spoken: a new one is its folder and its lines here. */
export const dialects: readonly Dialect[] = [conversations];

/** Of those, the ones over a plain WebSocket. */
export const rawDialects: readonly RawDialect[] = [conversationsEndpoint];
