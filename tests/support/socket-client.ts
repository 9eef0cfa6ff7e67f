import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";

import { eventually } from "./wait.ts";

/** How a client of Socket.IO may connect: every one of them has to work. */
export const transportModes = {
  default: {},
  polling: { transports: ["polling"] },
  websocket: { transports: ["websocket"] },
} as const satisfies Record<string, { readonly transports?: readonly string[] }>;

export type TransportMode = keyof typeof transportModes;
export const modes = ["default", "polling", "websocket"] as const satisfies readonly TransportMode[];

/** An event as an unmodified front end gets it. */
export interface HeardEvent {
  readonly name: string;
  readonly args: readonly unknown[];
}

export interface SocketClientOptions {
  readonly mode?: TransportMode;
  /** Sent when a namespace is connected to, at each reconnection too; a function is asked each time. */
  readonly auth?: Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>);
  readonly settings?: Partial<ManagerOptions & SocketOptions>;
}

/** The official client, with a connection of its own, that keeps every event in order. */
export class SocketClient implements Disposable {
  readonly socket: Socket;
  readonly heard: HeardEvent[] = [];
  /** `connect_error`s: message and code. */
  readonly refusals: { readonly message: string; readonly code: string | undefined }[] = [];
  /** Why it was disconnected, each time. */
  readonly goodbyes: string[] = [];

  /** `url` with the namespace as its path. */
  constructor(url: string, { mode = "default", auth, settings }: SocketClientOptions = {}) {
    const { transports } = { transports: undefined, ...transportModes[mode] };
    this.socket = io(url, {
      forceNew: true,
      reconnectionDelay: 10,
      reconnectionDelayMax: 50,
      ...(transports ? { transports: [...transports] } : {}),
      ...(auth === undefined ? {} : { auth: authOf(auth) }),
      ...settings,
    });
    this.socket.onAny((name: string, ...args: unknown[]) => void this.heard.push({ name, args }));
    this.socket.on("connect_error", (error: Error & { data?: { code?: string } }) => {
      this.refusals.push({ message: error.message, code: error.data?.code });
    });
    this.socket.on("disconnect", (reason) => void this.goodbyes.push(reason));
  }

  /** Events of one name. */
  of(name: string): readonly HeardEvent[] {
    return this.heard.filter((event) => event.name === name);
  }

  /** The first event of this name that fits, now or later; its first argument. */
  async waitFor(
    name: string,
    fits: (payload: Readonly<Record<string, unknown>>) => boolean = () => true,
  ): Promise<Readonly<Record<string, unknown>>> {
    return eventually(`the event ${name} (${this.refusals.map(({ message }) => message).join()})`, () =>
      this.of(name)
        .map(({ args }) => (args[0] ?? {}) as Readonly<Record<string, unknown>>)
        .find(fits),
    );
  }

  async waitForRefusal(): Promise<{ readonly message: string; readonly code: string | undefined }> {
    return eventually("a refusal", () => this.refusals[0]);
  }

  async waitForGoodbye(): Promise<string> {
    return eventually("the disconnection", () => this.goodbyes[0]);
  }

  /** The transport in use. */
  get transport(): string | undefined {
    return this.socket.io.engine?.transport.name;
  }

  /** Until it has settled on what its mode leads to. */
  async settled(mode: TransportMode): Promise<void> {
    const last = mode === "polling" ? "polling" : "websocket";
    await eventually(`the transport ${last}`, () => this.socket.connected && this.transport === last);
  }

  /**
   * Cuts the connection as a bad network would: nobody says goodbye. Networks break between two turns, never in the
   * middle of one: what has arrived is heard before, and not by the next connection.
   */
  drop(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(() => {
        this.socket.io.engine.close();
        resolve();
      });
    });
  }

  [Symbol.dispose](): void {
    this.socket.disconnect();
  }
}

function authOf(auth: NonNullable<SocketClientOptions["auth"]>): SocketOptions["auth"] & object {
  return typeof auth === "function" ? (give: (data: object) => void) => give({ ...auth() }) : { ...auth };
}
