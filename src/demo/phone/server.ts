import type { ServerWebSocket } from "bun";

import type { Logger } from "../../lib/logger.ts";
import { endServer } from "../end-server.ts";
import type { GraphEmulator } from "../graph/emulator.ts";
import type { Template } from "../graph/numbers.ts";
import { act, PhoneRefusal, requireCustomer } from "./actions.ts";
import { Chats } from "./chats.ts";
import { parseCommand } from "./command.ts";
import { FaultSwitches } from "./faults.ts";
import { openPageFiles, servePage } from "./page-files.ts";
import { Personas, type PersonaSeed } from "./personas.ts";
import type { Command, DemoUser, Frame } from "./protocol.ts";
import { readUpload } from "./uploads.ts";

export interface PhoneOptions {
  readonly graph: GraphEmulator;
  readonly templates: readonly Template[];
  readonly personas: readonly PersonaSeed[];
  readonly business: string;
  readonly users: readonly DemoUser[];
  /** Signs a user in to the product; gives the cookies for the browser, undefined when there is no such user. */
  readonly enter: (user: string) => Promise<readonly string[] | undefined>;
  readonly log: Logger;
}

interface PhoneData {
  /** The chat on the screen. */
  open: string | null;
}

type Socket = ServerWebSocket<PhoneData>;

/**
 * The simulated phone: a page, and what stands behind it. Made before the sample company is played, so that it
 * sees all of it; served once the inbox has an address.
 */
export class Phone {
  readonly #sockets = new Set<Socket>();
  readonly #chats: Chats;
  readonly #personas: Personas;
  readonly #faults: FaultSwitches;
  readonly #unsubscribe: () => void;
  #server: Bun.Server<PhoneData> | undefined;
  /** Milliseconds since 1970: when somebody last did something on a phone. */
  lastUsed = 0;

  constructor(private readonly options: PhoneOptions) {
    const { graph, templates } = options;
    const tellAll = (frame: Frame) => this.#tellAll(frame);
    this.#chats = new Chats({
      templates,
      onChange: (change) => {
        tellAll(change);
        if (change.type === "message" && change.message.from === "business") this.#readIfOpen(change.persona);
      },
    });
    this.#personas = new Personas(graph, options.personas);
    this.#faults = new FaultSwitches(graph, (faults) => tellAll({ type: "faults", faults }));
    this.#unsubscribe = graph.subscribe((event) => this.#chats.note(event));
  }

  /** The product's origin: known later than the phone's, since that one must know who may show it in a frame. */
  inbox = "";

  /** Listens on `port` (0 takes a free one) of 127.0.0.1; gives the page's origin. Throws when it was not built. */
  async listen(port: number): Promise<string> {
    const files = await openPageFiles();
    this.#server = Bun.serve<PhoneData>({
      hostname: "127.0.0.1",
      port,
      development: false,
      maxRequestBodySize: 17 * 1024 * 1024,
      fetch: (request, server) =>
        isForeign(request, server.url.host)
          ? new Response(null, { status: 403 })
          : (this.#answer(request, server) ?? servePage(files, request, this.inbox) ?? notFound()),
      error: (error) => {
        this.options.log.warn("the simulated phone failed", { error });
        return new Response(null, { status: 500 });
      },
      websocket: {
        maxPayloadLength: 64 * 1024,
        open: (socket) => this.#greet(socket),
        message: (socket, frame) => this.#hear(socket, frame),
        close: (socket) => {
          this.#sockets.delete(socket);
        },
      },
    });
    return this.#server.url.origin;
  }

  /** Whether somebody looks at this customer's chat, and so plays that customer. */
  isOpen(persona: string): boolean {
    return [...this.#sockets].some(({ data }) => data.open === persona);
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    if (this.#server !== undefined) await endServer(this.#server);
  }

  #answer(
    request: Request,
    server: Bun.Server<PhoneData>,
  ): Response | undefined | Promise<Response | undefined> {
    const { pathname } = new URL(request.url);
    const [, first, second = "", third] = pathname.split("/");
    if (first === "socket")
      return server.upgrade(request, { data: { open: null } }) ? undefined : upgradeFirst();
    if (first === "media") return this.#file(second);
    if (request.method !== "POST") return undefined;
    if (first === "enter") return this.#enter(second);
    return first === "chats" && third === "files" ? this.#takeFile(request, second) : undefined;
  }

  #file(id: string): Response {
    const media = this.options.graph.media(id);
    if (media === undefined) return notFound();
    return new Response(media.bytes, {
      headers: {
        "Content-Type": media.mimeType,
        // What an agent sends is shown, never run.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
      },
    });
  }

  async #enter(user: string): Promise<Response> {
    const cookies = await this.options.enter(user);
    if (cookies === undefined) return notFound();
    return new Response(null, { status: 204, headers: cookies.map((cookie) => ["Set-Cookie", cookie]) });
  }

  async #takeFile(request: Request, persona: string): Promise<Response> {
    const customer = this.#personas.find(persona);
    const upload = await readUpload(request);
    if (customer === undefined || upload === undefined) return new Response(null, { status: 400 });
    this.lastUsed = Date.now();
    await customer.sendFile(upload.kind, upload.file);
    return new Response(null, { status: 204 });
  }

  #greet(socket: Socket): void {
    this.#sockets.add(socket);
    const { business, users } = this.options;
    const personas = this.#personas.list();
    tell(socket, {
      type: "hello",
      business,
      inbox: this.inbox,
      users,
      personas,
      faults: this.#faults.armed,
    });
  }

  #hear(socket: Socket, frame: string | Buffer): void {
    const command = parseCommand(frame);
    if (command === undefined) {
      tell(socket, { type: "refused", code: "invalid" });
      return;
    }
    this.lastUsed = Date.now();
    this.#obey(socket, command).catch((error: unknown) => {
      if (error instanceof PhoneRefusal) tell(socket, { type: "refused", code: error.code });
      else this.options.log.warn("the simulated phone failed", { error });
    });
  }

  async #obey(socket: Socket, command: Command): Promise<void> {
    switch (command.type) {
      case "leave":
        socket.data.open = null;
        return;
      case "open": {
        const { persona } = command;
        const customer = requireCustomer(this.#personas, persona);
        socket.data.open = persona;
        tell(socket, { type: "chat", persona, messages: this.#chats.of(persona) });
        return customer.readAll();
      }
      default:
        return act(
          {
            personas: this.#personas,
            chats: this.#chats,
            faults: this.#faults,
            tellAll: (told) => this.#tellAll(told),
          },
          command,
        );
    }
  }

  #readIfOpen(persona: string): void {
    if (!this.isOpen(persona)) return;
    this.#personas
      .find(persona)
      ?.readAll()
      .catch((error: unknown) => this.options.log.warn("a read receipt was lost", { error }));
  }

  #tellAll(frame: Frame): void {
    for (const socket of this.#sockets) tell(socket, frame);
  }
}

function tell(socket: Socket, frame: Frame): void {
  socket.send(JSON.stringify(frame));
}

/** Another page of this browser, or a name that was made to lead here, has no business with the demo. */
function isForeign(request: Request, host: string): boolean {
  const origin = request.headers.get("Origin");
  return request.headers.get("Host") !== host || (origin !== null && origin !== `http://${host}`);
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}

function upgradeFirst(): Response {
  return new Response(null, { status: 426, headers: { Upgrade: "websocket" } });
}
