import { z } from "zod";

import type { ConversationId } from "../../../contract/ids.ts";
import { opaqueId } from "../../../lib/opaque-id.ts";
import { conversations } from "../../dialects/conversations/dialect.ts";
import { type Namespace, socketForms, socketFrame } from "../frame.ts";
import { command, type SocketDialect } from "../socket-dialect.ts";

const room = z.object({
  id: opaqueId<ConversationId>(),
  since: z.number().optional(),
});

/** A Socket.IO dialect with the events of `conversations`, for tests of the transport. */
export function sampleDialect(name: "atendimento" | "pytake", namespace: Namespace): SocketDialect {
  return {
    dialect: {
      ...conversations,
      name,
      forms: socketForms,
      showsPresence: false,
      frame: socketFrame(namespace),
    },
    namespace,
    greeting: ({ caller }) => ({ name: "connected", payload: { user_id: caller.userId } }),
    createCommands: () => ({
      byName: {
        join: command(room, async ({ id, since }, { connection, sessions }) => {
          await sessions.join(connection, id, since);
          return { ack: { success: true }, event: { name: "joined", payload: { id } } };
        }),
        leave: command(room, ({ id }, { connection, sessions }) => {
          sessions.leave(connection, id);
          return { ack: { success: true } };
        }),
        typing: command(room, async ({ id }, { connection, sessions }) => {
          await sessions.typing(connection, id, true);
          return {};
        }),
      },
      refused: ({ code }) => ({
        ack: { success: false, error: code },
        event: { name: "error_told", payload: { code } },
      }),
    }),
  };
}
