import { type Clock, systemClock } from "../../lib/clock.ts";
import { endServer } from "../end-server.ts";
import { answer } from "./answer.ts";
import { Customer, type CustomerOptions } from "./customer.ts";
import { type DeliverOptions, type DeliverResult, deliverUpdates } from "./deliver.ts";
import type { Update } from "./envelope.ts";
import { type Fault, type FaultAim, Faults } from "./faults.ts";
import { Feed, type GraphEvent } from "./feed.ts";
import { randomSeed, seededIds } from "./ids.ts";
import { Ledger, type LedgerRequest } from "./ledger.ts";
import { type Media, MediaStore } from "./media-store.ts";
import { businessDigits, Numbers, type NumberSettings, type Template } from "./numbers.ts";
import { digitsOf } from "./phone.ts";
import type { SentMessage } from "./sent-message.ts";
import { StatusFlow, type StatusName, type StatusPolicy } from "./statuses.ts";
import { helloWorld } from "./templates.ts";
import {
  type Attempt,
  type HeaderChanges,
  type Redelivery,
  usualRedelivery,
  WebhookSender,
} from "./webhooks.ts";
import { type OutsideWindow, timestamp, type World } from "./world.ts";

export interface GraphEmulatorOptions {
  /** 0 (the default) takes a free port. It always listens on 127.0.0.1. */
  readonly port?: number;
  /** The same seed gives the same ids and shuffles; without one ids never repeat between runs. */
  readonly seed?: number;
  /** For timestamps, the 24 h window and expiring addresses; delays and deadlines are real time. */
  readonly clock?: Clock;
  /** What is reported by itself: by default sent and delivered at once, read only when asked. */
  readonly statuses?: Partial<StatusPolicy>;
  /** A free-form message to a customer who did not write within 24 h: "failed_status" by default, as Meta. */
  readonly outsideWindow?: OutsideWindow;
  /** The wa_id of given digits: the digits themselves by default; see `withoutNinthDigit`. */
  readonly waIdOf?: (digits: string) => string;
  readonly redelivery?: Partial<Redelivery>;
}

/**
 * Starts an emulator of Meta's Graph API, as far as the WhatsApp Cloud API needs it: give its `url` to the
 * product as the Graph address. Stop it with `stop()`. Rejects when the port is taken.
 */
export async function startGraphEmulator(options: GraphEmulatorOptions = {}): Promise<GraphEmulator> {
  return new GraphEmulator(options);
}

/** A running emulator; see `startGraphEmulator`. */
export class GraphEmulator {
  readonly #world: World;
  readonly #server: Bun.Server<undefined>;

  constructor(options: GraphEmulatorOptions) {
    this.#world = createWorld(options, () => this.url);
    this.#server = Bun.serve({
      hostname: "127.0.0.1",
      port: options.port ?? 0,
      development: false,
      // A fault may hold an answer back for as long as it likes.
      idleTimeout: 0,
      fetch: (request) => answer(this.#world, request),
      error: (error) => new Response(`emulator: ${error.message}`, { status: 500 }),
    });
  }

  /** What stands for `https://graph.facebook.com`, without a slash at the end. */
  get url(): string {
    return this.#server.url.origin;
  }

  /** Closes every connection, drops pending statuses and redeliveries. */
  async stop(): Promise<void> {
    this.#world.statuses.stop();
    this.#world.webhooks.stop();
    await endServer(this.#server);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  // The business's side of Meta's pages.

  addNumber(settings: NumberSettings): void {
    this.#world.numbers.add(settings);
    this.addTemplate(settings.wabaId, helloWorld);
  }

  /** Changes a number: its webhook address once known, a revoked token, another app secret. */
  changeNumber(phoneNumberId: string, changes: Partial<Omit<NumberSettings, "phoneNumberId">>): void {
    this.#world.numbers.change(phoneNumberId, changes);
  }

  /** Replaces the template of the same name and language. */
  addTemplate(wabaId: string, template: Template): void {
    this.#world.numbers.addTemplate(wabaId, template);
  }

  // Customers and what they send.

  /** A simulated person; `phone` in any form. Two of the same phone are the same person. */
  customer(phone: string, name: string, options: CustomerOptions = {}): Customer {
    return new Customer(this.#world, phone, { ...options, name });
  }

  /** Posts collected updates: in batches, shuffled, several times, at once. Settles when all are acknowledged. */
  deliver(updates: readonly Update[], options?: DeliverOptions): Promise<DeliverResult> {
    return deliverUpdates(this.#world, updates, options);
  }

  /** A message that the business sent from its own phone, as `smb_message_echoes`; gives its id. */
  async echo(to: string, body: string, phoneNumberId?: string): Promise<string> {
    const { numbers, ids, clock, waIdOf } = this.#world;
    const number = phoneNumberId === undefined ? numbers.only() : numbers.require(phoneNumberId);
    const person = waIdOf(digitsOf(to));
    const id = ids.wamid(person, "out");
    const echo = {
      from: businessDigits(number),
      to: person,
      id,
      timestamp: timestamp(clock),
      type: "text",
      text: { body },
    };
    await this.deliver([{ kind: "echo", echo }], { phoneNumberId: number.phoneNumberId });
    return id;
  }

  /**
   * Posts any body once, signed with the number's app secret; an object is serialised, a string goes as it is.
   * `headers` replaces or (null) drops headers. Never throws: status 0 means that no answer came.
   */
  sendRaw(
    body: object | string,
    options: { readonly phoneNumberId?: string; readonly headers?: HeaderChanges } = {},
  ): Promise<Attempt> {
    const { numbers, webhooks } = this.#world;
    const { phoneNumberId, headers } = options;
    const number = phoneNumberId === undefined ? numbers.only() : numbers.require(phoneNumberId);
    return webhooks.attempt(number, typeof body === "string" ? body : JSON.stringify(body), headers);
  }

  /** Lets the business write freely to a customer for 24 h, as if they had just written. */
  openWindow(phone: string, phoneNumberId?: string): void {
    const { numbers, clock, waIdOf } = this.#world;
    const number = phoneNumberId === undefined ? numbers.only() : numbers.require(phoneNumberId);
    numbers.openWindow(number.phoneNumberId, waIdOf(digitsOf(phone)), clock.now());
  }

  // Statuses.

  /** Reports a status now and settles once acknowledged; `code` is the reason of `failed`. */
  status(wamid: string, status: StatusName, code?: number): Promise<void> {
    return this.#world.statuses.push(wamid, status, code);
  }

  /** Settles once any of `statuses` was reported and acknowledged; rejects after `deadlineMs` (5,000). */
  waitForStatus(wamid: string, statuses: readonly StatusName[], deadlineMs?: number): Promise<void> {
    return this.#world.statuses.waitFor(wamid, statuses, deadlineMs);
  }

  /** The same as an update for `deliver`. */
  draftStatus(wamid: string, status: StatusName, code?: number): Update {
    return this.#world.statuses.update(wamid, status, code);
  }

  /** Which statuses come by themselves from now on. */
  setStatuses(policy: Partial<StatusPolicy>): void {
    this.#world.statuses.policy = { ...this.#world.statuses.policy, ...policy };
  }

  // Faults.

  /** Arms a fault for the next send, or for what `aim` says. Returns the function that takes it back. */
  fault(fault: Fault, aim?: FaultAim): () => void {
    return this.#world.faults.add(fault, aim);
  }

  clearFaults(): void {
    this.#world.faults.clear();
  }

  // What came in.

  /** Every accepted message, oldest first, double sends included. */
  get sent(): readonly SentMessage[] {
    return this.#world.ledger.sent;
  }

  /** Every request, refused and faulty ones included. */
  get requests(): readonly LedgerRequest[] {
    return this.#world.ledger.requests;
  }

  /** How many messages were accepted with this `biz_opaque_callback_data`; 2 is a double send. */
  countOf(callbackData: string): number {
    return this.#world.ledger.countOf(callbackData);
  }

  /** `countOf` for every one seen. */
  counts(): ReadonlyMap<string, number> {
    return this.#world.ledger.counts();
  }

  /** The first accepted message, past or future, that `matches`; rejects after `deadlineMs` (5,000). */
  waitForSent(matches: (message: SentMessage) => boolean, deadlineMs?: number): Promise<SentMessage> {
    return this.#world.ledger.waitForSent(matches, deadlineMs);
  }

  /** Calls back for each accepted message from now on; returns the function that ends it. */
  onSent(listener: (message: SentMessage) => void): () => void {
    return this.subscribe((event) => {
      if (event.type === "sent") listener(event.message);
    });
  }

  /** Calls back for everything that happens from now on; returns the function that ends it. */
  subscribe(listener: (event: GraphEvent) => void): () => void {
    return this.#world.feed.subscribe(listener);
  }

  /** The same as an iteration, until `signal` or the end of the loop. Listens from the call on. */
  events(signal?: AbortSignal): AsyncIterable<GraphEvent> {
    return this.#world.feed.iterate(signal);
  }

  // Files.

  /** Keeps a customer's file without sending it; its id can stand in any webhook. */
  putMedia(bytes: Uint8Array<ArrayBuffer>, mimeType: string): Media {
    return this.#world.media.put(bytes, mimeType);
  }

  /** A file by id: what the business uploaded, for the simulated phone to show. */
  media(id: string): Media | undefined {
    return this.#world.media.get(id);
  }
}

function createWorld(options: GraphEmulatorOptions, origin: () => string): World {
  const { clock = systemClock, outsideWindow = "failed_status", waIdOf = (digits) => digits } = options;
  const ids = seededIds(options.seed ?? randomSeed());
  const feed = new Feed();
  const ledger = new Ledger(feed);
  const numbers = new Numbers();
  const media = new MediaStore({ clock, ids, origin });
  const webhooks = new WebhookSender({ ...usualRedelivery, ...options.redelivery });
  const policy: StatusPolicy = { sent: 0, delivered: 0, read: "off", ...options.statuses };
  const statuses = new StatusFlow({ clock, numbers, ledger, feed, webhooks }, policy);
  const faults = new Faults();
  return { clock, ids, numbers, media, ledger, feed, faults, webhooks, statuses, waIdOf, outsideWindow };
}
