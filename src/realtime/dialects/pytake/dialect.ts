import { socketForms, socketFrame } from "../../socketio/frame.ts";
import type { SocketDialect } from "../../socketio/socket-dialect.ts";
import { createCommands } from "./decode.ts";
import { events, happenings } from "./encode.ts";

const namespace = "/";

/** PyTake's Socket.IO in the default namespace (realtime.md, "Dialect `pytake`"). */
export const pytake: SocketDialect = {
  namespace,
  dialect: {
    name: "pytake",
    forms: socketForms,
    showsPresence: false,
    roomReplay: "own",
    events,
    happenings,
    frame: socketFrame(namespace),
  },
  greeting: ({ caller }) => ({
    name: "connected",
    payload: { message: "Connected", user_id: caller.userId },
  }),
  createCommands: () => createCommands(),
};
