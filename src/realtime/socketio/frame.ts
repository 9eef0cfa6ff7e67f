import { type Packet, PacketType } from "socket.io-parser";

import type { Dialect } from "../dialect.ts";

/** The name of a namespace, as in the client's `io("/atendimento")`. */
export type Namespace = `/${string}`;

/**
 * `plain`: the events of the reference. `sequenced`, for clients that said `resume` or `since`: every event of the log
 * has `{seq, last}` as its last argument.
 */
export const socketForms = ["plain", "sequenced"] as const;
export type SocketForm = (typeof socketForms)[number];

/** `4`: the packet type of a message in Engine.IO, before the packet of Socket.IO (both protocols' documents). */
const ENGINE_MESSAGE = "4";

/** The `frame` of a dialect in this namespace: complete text frames, ready for any number of sockets. */
export function socketFrame(namespace: Namespace): Dialect["frame"] {
  const head = `${ENGINE_MESSAGE}${PacketType.EVENT}${prefix(namespace)}`;
  return (form, { name, payload }, sequence) => {
    const args = form === "sequenced" && sequence ? [name, payload, sequence] : [name, payload];
    return head + JSON.stringify(args);
  };
}

/** The default namespace is not named in packets, every other with a comma after it. */
function prefix(namespace: Packet["nsp"]): string {
  return namespace === "/" ? "" : `${namespace},`;
}
