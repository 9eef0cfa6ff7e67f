/** Packets and payloads of Engine.IO, revision 4 (github.com/socketio/engine.io-protocol). */

/** An encoded packet: text begins with its type's digit; bytes are a binary message. */
export type Packet = string | Uint8Array<ArrayBuffer>;

/** What a message carries. */
export type Data = string | Uint8Array<ArrayBuffer>;

export const packetTypes = {
  open: "0",
  close: "1",
  ping: "2",
  pong: "3",
  message: "4",
  upgrade: "5",
  noop: "6",
} as const;

/** The record separator between the packets of a polling payload. */
const SEPARATOR = "\x1e";
/** Marks a binary message in a polling payload, before its base64. */
const BINARY = "b";

export type ClientPacket =
  { readonly kind: "message"; readonly data: Data } | { readonly kind: "pong" } | { readonly kind: "close" };

/** What a packet of the client means; undefined for one that a client may not send. */
export function readPacket(packet: string | Uint8Array): ClientPacket | undefined {
  if (typeof packet !== "string") return { kind: "message", data: Buffer.from(packet) };
  switch (packet[0]) {
    case packetTypes.message:
      return { kind: "message", data: packet.slice(1) };
    case packetTypes.pong:
      return { kind: "pong" };
    case packetTypes.close:
      return { kind: "close" };
    default:
      return undefined;
  }
}

/** The body of an answer to a poll. */
export function encodePayload(packets: readonly Packet[]): string {
  return packets
    .map((packet) =>
      typeof packet === "string"
        ? packet
        : BINARY + Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength).toString("base64"),
    )
    .join(SEPARATOR);
}

/** The packets of a client's payload in order; undefined when there are more than `most`. */
export function splitPayload(body: string, most: number): readonly (string | Uint8Array)[] | undefined {
  const records = body.split(SEPARATOR, most + 1);
  if (records.length > most) return undefined;
  return records.map((record) =>
    record.startsWith(BINARY) ? Buffer.from(record.slice(1), "base64") : record,
  );
}

/** Bytes that a packet takes while it waits. */
export function sizeOf(packet: Packet): number {
  return typeof packet === "string" ? Buffer.byteLength(packet) : packet.byteLength;
}
