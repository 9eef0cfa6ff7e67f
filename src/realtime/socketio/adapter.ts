/**
 * Rooms of socket.io as topics: a room is one native publish, encoded once. What no single topic can say (several
 * rooms, excluding anybody but the sender) is sent socket by socket, as in the library's own adapter.
 */
import type { Namespace, Socket } from "socket.io";
import { Adapter, type BroadcastOptions } from "socket.io-adapter";
import type { Packet } from "socket.io-parser";

import { sessionOf } from "./engine-connection.ts";
import { packetTypes } from "./engine/packets.ts";
import type { Topics } from "./engine/topics.ts";

type BroadcastArguments = Parameters<Adapter["broadcast"]>;

/** Between the namespace and the room: in neither of them. */
const SEPARATOR = "\x1f";

/** Who publishes: everybody in the topic gets it, but for a sender that publishes himself. */
interface Plan {
  readonly topic: string;
  readonly sender: Socket | undefined;
}

/** The adapter of a server whose sessions are in these topics. */
export function nativeAdapter(topics: Topics): typeof Adapter {
  return class NativeAdapter extends Adapter {
    readonly #namespace: Namespace;

    constructor(namespace: Namespace) {
      super(namespace);
      this.#namespace = namespace;
    }

    /** A socket's own room is the first that it is in once it is connected; rooms joined before that follow it. */
    override addAll(id: string, rooms: Set<string>): void {
      void super.addAll(id, rooms);
      const socket = this.#socket(id);
      if (!socket) return;
      const session = sessionOf(socket);
      if (rooms.has(id)) session.subscribe(this.#topic());
      for (const room of (rooms.has(id) ? this.sids.get(id) : rooms) ?? []) {
        if (room !== id) session.subscribe(this.#topic(room));
      }
    }

    override del(id: string, room: string): void {
      void super.del(id, room);
      const socket = this.#socket(id);
      if (socket && room !== id) sessionOf(socket).unsubscribe(this.#topic(room));
    }

    /** Whoever leaves the namespace, perhaps because he was thrown out, gets nothing of its rooms any more. */
    override delAll(id: string): void {
      const socket = this.#socket(id);
      const rooms = this.sids.get(id);
      if (socket && rooms) {
        const session = sessionOf(socket);
        session.unsubscribe(this.#topic());
        for (const room of rooms) if (room !== id) session.unsubscribe(this.#topic(room));
      }
      super.delAll(id);
    }

    override broadcast(...[packet, options]: BroadcastArguments): void {
      const plan = this.#plan(options);
      const frame = plan && this.#frame(packet as Packet);
      if (frame === undefined) return super.broadcast(packet, options);
      if (plan?.sender) sessionOf(plan.sender).publish(plan.topic, frame);
      else if (plan) topics.publish(plan.topic, frame);
    }

    /** A text packet as one frame; undefined for one with attachments, which must not be torn apart by others' frames. */
    #frame(packet: Packet): string | undefined {
      const named = { ...packet, nsp: this.#namespace.name };
      const encoded: readonly unknown[] = this.#namespace.server.encoder.encode(named);
      const [text, ...attachments] = encoded;
      return typeof text === "string" && attachments.length === 0 ? packetTypes.message + text : undefined;
    }

    /** How it can be published natively; undefined when it can't, or is volatile, which asks each socket. */
    #plan({ rooms, except, flags }: BroadcastOptions): Plan | undefined {
      if (rooms.size > 1 || (except?.size ?? 0) > 1 || flags?.volatile) return undefined;
      const [room] = rooms;
      // A socket's own room has no topic: it would be one for a single member.
      if (room !== undefined && this.#socket(room)) return undefined;
      const topic = this.#topic(room);
      const [left] = except ?? [];
      if (left === undefined || !this.rooms.has(left)) return { topic, sender: undefined };
      const sender = this.#socket(left);
      return sender && { topic, sender };
    }

    #socket(id: string): Socket | undefined {
      return this.#namespace.sockets.get(id);
    }

    #topic(room = ""): string {
      return this.#namespace.name + SEPARATOR + room;
    }
  };
}
