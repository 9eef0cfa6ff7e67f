import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import type { Message } from "../../contract/entities.ts";
import type { AttachmentId, ChannelId, ContactId, ConversationId, MessageId } from "../../contract/ids.ts";
import {
  type GraphEmulator,
  type GraphEmulatorOptions,
  startGraphEmulator,
} from "../../demo/graph/emulator.ts";
import { insertUpload } from "../../domain/attachments/store.ts";
import { createChannel } from "../../domain/channels/change.ts";
import { sendBody, toSendInput } from "../../domain/messages/send-body.ts";
import { sendMessage } from "../../domain/messages/send.ts";
import { loadMessages } from "../../domain/messages/store.ts";
import { type Bus, startBus } from "../../events/bus.ts";
import { newId } from "../../lib/ids.ts";
import { channelModules } from "../index.ts";
import type { ChannelDeps } from "../kinds.ts";
import { ChannelRuntime } from "../runtime.ts";

export const accessToken = "EAAdesk-token";
export const appSecret = "desk-app-secret";
export const wabaId = "102290129340398";

/** A company whose WhatsApp numbers are an emulator's, with the channels running as in the product. */
export class Desk implements AsyncDisposable {
  runtime: ChannelRuntime;
  #numbers = 0;
  #people = 0;

  readonly context: TestContext;
  readonly company: SeededCompany;
  readonly graph: GraphEmulator;
  readonly #bus: Bus;

  private constructor(parts: Pick<Desk, "context" | "company" | "graph">, bus: Bus) {
    const { context } = parts;
    this.context = context;
    this.company = parts.company;
    this.graph = parts.graph;
    this.#bus = bus;
    this.runtime = this.#newRuntime();
    context.onCommit = () => bus.wake();
    bus.subscribe(async (events) => () => this.runtime.follow(events));
  }

  static async open(options: GraphEmulatorOptions = {}): Promise<Desk> {
    const context = await testContext();
    const company = await seedCompany(context);
    const graph = await startGraphEmulator({
      outsideWindow: "allow",
      statuses: { sent: "off", delivered: "off" },
      ...options,
    });
    const desk = new Desk({ context, company, graph }, await startBus(context.sql, context.log));
    await desk.runtime.start();
    return desk;
  }

  /** A number at the emulator and its channel; both are named by the id. */
  async addChannel(
    settings: Record<string, unknown> = {},
  ): Promise<{ id: ChannelId; phoneNumberId: string }> {
    this.#numbers += 1;
    const phoneNumberId = `9000${this.#numbers}`;
    const displayPhone = `+55 11 4000-100${this.#numbers}`;
    this.graph.addNumber({ phoneNumberId, displayPhone, wabaId, accessToken, appSecret });
    const input = {
      kind: "whatsapp_cloud" as const,
      name: `Número ${this.#numbers}`,
      settings: {
        phone_number_id: phoneNumberId,
        waba_id: wabaId,
        access_token: accessToken,
        app_secret: appSecret,
        verify_token: "verify",
        ...settings,
      },
    };
    const id = await createChannel(this.context, this.company.admin, { input, kinds: channelModules });
    await this.runtime.refresh(id);
    return { id, phoneNumberId };
  }

  /** A contact with an open conversation, who wrote just now. */
  async addConversation(
    channelId: ChannelId,
  ): Promise<{ id: ConversationId; contactId: ContactId; waId: string }> {
    this.#people += 1;
    const number = this.#people;
    const waId = `55119${String(80_000_000 + number)}`;
    const [id, contactId] = [newId<ConversationId>(), newId<ContactId>()];
    const now = this.context.clock.now();
    const companyId = this.company.id;
    await this.context.sql.transaction(async (tx) => {
      await tx.run(
        "INSERT INTO contacts (id, company_id, name, phone, created_at) VALUES ($1, $2, $3, $4, $5)",
        [contactId, companyId, `Pessoa ${number}`, `+${waId}`, now],
      );
      await tx.run(
        `INSERT INTO contact_identifiers (company_id, kind, value, contact_id, verified, created_at)
         VALUES ($1, 'wa_id', $2, $3, 1, $4)`,
        [companyId, waId, contactId, now],
      );
      await tx.run(
        `INSERT INTO conversations (id, company_id, number, contact_id, channel_id, status, activity_at,
           window_expires_at, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, $6, $6)`,
        [id, companyId, 1000 + number, contactId, channelId, now, now + 24 * 60 * 60 * 1000],
      );
    });
    return { id, contactId, waId };
  }

  /** The agent writes; any body of the API. */
  send(conversationId: ConversationId, body: Record<string, unknown>): Promise<Message> {
    const input = toSendInput(sendBody.parse(body));
    return sendMessage(this.context, this.company.agent, { ...input, conversationId });
  }

  async message(id: MessageId): Promise<Message> {
    const found = await this.context.sql.read((tx) => loadMessages(tx, this.company.id, [id]));
    const message = found.get(id);
    if (!message) throw new Error("no such message");
    return message;
  }

  /** Time goes by: the clock moves, and what falls due is looked at. */
  advance(milliseconds: number): void {
    this.context.clock.advance(milliseconds);
    this.runtime.outbox.wakeAll();
  }

  /** A new start over the same data; stop the runtime before, or leave it for dead. */
  async restart(deps: Partial<ChannelDeps> = {}): Promise<void> {
    this.runtime = this.#newRuntime(deps);
    await this.runtime.start();
  }

  /** A file of the agent's, not yet in a message. */
  async upload(file: {
    readonly name: string;
    readonly mimeType: string;
    readonly bytes: Uint8Array;
  }): Promise<AttachmentId> {
    const id = newId<AttachmentId>();
    const { companyId, userId } = this.company.agent;
    const { sha256, size } = await this.context.blobs.put(file.bytes, file.bytes.byteLength);
    const row = { id, uploaded_by: userId, name: file.name, mime_type: file.mimeType, size, sha256 };
    const unseen = { thumbnail_sha256: null, width: null, height: null, duration: null };
    const created_at = this.context.clock.now();
    await this.context.sql.transaction((tx) =>
      insertUpload(tx, companyId, { ...row, ...unseen, created_at }),
    );
    return id;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.runtime.stop(0);
    await this.#bus.stop();
    await this.graph.stop();
    await this.context.dispose();
  }

  #newRuntime(deps: Partial<ChannelDeps> = {}): ChannelRuntime {
    return new ChannelRuntime({
      context: this.context,
      modules: channelModules,
      deps: { graphUrl: this.graph.url, allowPrivateUrls: false, ...deps },
    });
  }
}
