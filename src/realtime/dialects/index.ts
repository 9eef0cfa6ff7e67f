/** Every dialect that is spoken: a new one is its folder and its line here. */
import type { RawDialect } from "../raw/raw-dialect.ts";
import type { SocketDialect } from "../socketio/socket-dialect.ts";
import { atendimento } from "./atendimento/dialect.ts";
import { conversationsEndpoint } from "./conversations/handshake.ts";
import { pytake } from "./pytake/dialect.ts";
import { syszap } from "./syszap/dialect.ts";

/** Over a plain WebSocket. */
export const rawDialects: readonly RawDialect[] = [conversationsEndpoint, syszap];

/** Over Socket.IO, each in its namespace. */
export const socketDialects: readonly SocketDialect[] = [atendimento, pytake];
