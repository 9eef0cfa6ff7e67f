/** Bun's one WebSocket handler for all dialects: each socket carries its own handler in its data. */
import type { ServerWebSocket, WebSocketHandler } from "bun";

import { limits } from "./limits.ts";

export interface SocketData {
  readonly handler: SocketHandler;
}

/** What a transport does with its socket. Synchronous: Bun runs asynchronous handlers concurrently. */
export interface SocketHandler {
  open(ws: ServerWebSocket<SocketData>): void;
  message(ws: ServerWebSocket<SocketData>, message: string | Uint8Array): void;
  drain(ws: ServerWebSocket<SocketData>): void;
  pong(ws: ServerWebSocket<SocketData>): void;
  close(ws: ServerWebSocket<SocketData>, code: number): void;
}

/** The `websocket` part of `Bun.serve`. Liveness is ours (Bun does not reap a dead peer that we keep sending to). */
export const websocket: WebSocketHandler<SocketData> = {
  maxPayloadLength: limits.inboundFrameBytes,
  backpressureLimit: limits.cutBytes,
  closeOnBackpressureLimit: true,
  idleTimeout: 0,
  sendPings: false,
  perMessageDeflate: false,
  open: (ws) => ws.data.handler.open(ws),
  message: (ws, message) => ws.data.handler.message(ws, message),
  drain: (ws) => ws.data.handler.drain(ws),
  pong: (ws) => ws.data.handler.pong(ws),
  close: (ws, code) => ws.data.handler.close(ws, code),
};
