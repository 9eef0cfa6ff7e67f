import { socketForms, socketFrame } from "../../socketio/frame.ts";
import { type SocketDialect } from "../../socketio/socket-dialect.ts";
import { createCommands } from "./decode.ts";
import { events, happenings } from "./encode.ts";

const namespace = "/atendimento";

/** ConectCRM's gateway: Socket.IO in the namespace `/atendimento` (realtime.md, "Dialect `atendimento`"). */
export const atendimento: SocketDialect = {
  namespace,
  dialect: {
    name: "atendimento",
    forms: socketForms,
    showsPresence: false,
    roomReplay: "own",
    events,
    happenings,
    frame: socketFrame(namespace),
  },
  greeting: () => null,
  createCommands,
};
