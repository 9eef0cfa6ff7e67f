/** Every dialect that is spoken: a new one is its folder and its line here. */
import type { RawDialect } from "../raw/raw-dialect.ts";
import type { SocketDialect } from "../socketio/socket-dialect.ts";
import { conversationsEndpoint } from "./conversations/handshake.ts";

/** Over a plain WebSocket. */
export const rawDialects: readonly RawDialect[] = [conversationsEndpoint];

/** Over Socket.IO, each in its namespace. */
export const socketDialects: readonly SocketDialect[] = [];
