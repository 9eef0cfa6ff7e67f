import { createHmac } from "node:crypto";

import { startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import type { Contact, Conversation, Message } from "../../contract/entities.ts";
import type { ChannelId, ContactId, ConversationId, MessageId } from "../../contract/ids.ts";
import { createChannel } from "../../domain/channels/change.ts";
import { loadContacts } from "../../domain/contacts/store.ts";
import { loadConversations } from "../../domain/conversations/store.ts";
import type { ContactTyping } from "../../domain/messages/arrive.ts";
import { loadMessages } from "../../domain/messages/store.ts";
import { deadLetterRoutes } from "../dead-letter-routes.ts";
import { ChannelDirectory } from "../directory.ts";
import { InboundRetry } from "../inbound-retry.ts";
import { Inbound } from "../inbound.ts";
import { channelModules } from "../index.ts";
import { webhookRoutes } from "../webhook-routes.ts";

export const appSecret = "app-secret";
export const verifyToken = "verify-me";
export const defaultNumber = "106540352242922";

/** A company whose WhatsApp number gets webhooks over a real socket, signed as Meta signs them. */
export class Receiver implements AsyncDisposable {
  readonly typing: ContactTyping[] = [];
  readonly retry: InboundRetry;
  readonly api: TestApi;
  readonly directory: ChannelDirectory;

  private constructor(
    readonly context: TestContext,
    readonly company: SeededCompany,
    readonly channelId: ChannelId,
  ) {
    this.directory = new ChannelDirectory(context);
    const inbound = new Inbound({
      context,
      directory: this.directory,
      modules: channelModules,
      contactTyping: (signal) => this.typing.push(signal),
    });
    this.retry = new InboundRetry(inbound);
    this.api = startApi(context, {
      api: [deadLetterRoutes(inbound, this.retry)],
      root: [webhookRoutes(inbound)],
    });
  }

  /** A company with one number, of the account `wabaId` where one is given. */
  static async open(phoneNumberId: string = defaultNumber, wabaId?: string): Promise<Receiver> {
    const context = await testContext();
    const company = await seedCompany(context, { phoneNumberId: "another" });
    return new Receiver(context, company, await addNumber(context, company, { phoneNumberId, wabaId }));
  }

  /** One more number of the same company; another app has another secret. */
  addNumber(phoneNumberId: string, secret: string = appSecret): Promise<ChannelId> {
    return addNumber(this.context, this.company, { phoneNumberId, secret });
  }

  /** Posts bytes as they are; `signature` null sends none. */
  async post(raw: string, options: { signature?: string | null; channelId?: string } = {}): Promise<number> {
    const { signature = sign(raw), channelId = this.channelId } = options;
    const response = await fetch(`${this.api.url}/webhooks/whatsapp/${channelId}`, {
      method: "POST",
      body: raw,
      headers: {
        "content-type": "application/json",
        ...(signature === null ? {} : { "x-hub-signature-256": signature }),
      },
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** Posts a webhook with this value, as for the number's `messages` field. */
  send(value: Readonly<Record<string, unknown>>, phoneNumberId: string = defaultNumber): Promise<number> {
    return this.post(JSON.stringify(envelope(value, phoneNumberId)));
  }

  /** Everything that an agent sees, oldest first. */
  async seen(): Promise<Seen> {
    const { company } = this;
    return this.context.sql.read(async (tx) => {
      const contacts = await tx.all<{ id: ContactId }>("SELECT id FROM contacts ORDER BY id");
      const conversations = await tx.all<{ id: ConversationId }>("SELECT id FROM conversations ORDER BY id");
      const messages = await tx.all<{ id: MessageId }>("SELECT id FROM messages ORDER BY position");
      const loaded = await loadMessages(tx, company.id, ids(messages));
      return {
        contacts: [...(await loadContacts(tx, company.id, ids(contacts))).values()],
        conversations: [...(await loadConversations(tx, company.id, ids(conversations))).values()],
        messages: ids(messages).flatMap((id) => loaded.get(id) ?? []),
      };
    });
  }

  /** The types of the company's events, in order. */
  async events(): Promise<string[]> {
    const rows = await this.rows<{ type: string }>(
      "SELECT type FROM events WHERE company_id = $1 ORDER BY seq",
      [this.company.id],
    );
    return rows.map((row) => row.type);
  }

  rows<Row>(text: string, params: readonly (string | number)[] = []): Promise<Row[]> {
    return this.context.sql.read((tx) => tx.all<Row>(text, params));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.retry.stop();
    await this.api.stop();
    await this.context.dispose();
  }
}

export interface Seen {
  readonly contacts: readonly Contact[];
  readonly conversations: readonly Conversation[];
  readonly messages: readonly Message[];
}

export function sign(raw: string, secret: string = appSecret): string {
  return `sha256=${createHmac("sha256", secret).update(raw).digest("hex")}`;
}

export function envelope(value: Readonly<Record<string, unknown>>, phoneNumberId: string = defaultNumber) {
  const metadata = { display_phone_number: "15550783881", phone_number_id: phoneNumberId };
  const change = { field: "messages", value: { messaging_product: "whatsapp", metadata, ...value } };
  return { object: "whatsapp_business_account", entry: [{ id: "102290129340398", changes: [change] }] };
}

/** A text as Meta writes it. `at` in milliseconds. */
export function text(id: string, body: string, { from = "5511987654321", at = 0 } = {}) {
  return { from, id, timestamp: String(Math.floor(at / 1000)), type: "text", text: { body } };
}

export function profile(waId: string, name: string) {
  return { wa_id: waId, profile: { name } };
}

function addNumber(
  context: TestContext,
  company: SeededCompany,
  {
    phoneNumberId,
    secret = appSecret,
    wabaId,
  }: { readonly phoneNumberId: string; readonly secret?: string; readonly wabaId?: string | undefined },
): Promise<ChannelId> {
  const settings = {
    phone_number_id: phoneNumberId,
    ...(wabaId === undefined ? {} : { waba_id: wabaId }),
    access_token: "token",
    app_secret: secret,
    verify_token: verifyToken,
  };
  const input = { kind: "whatsapp_cloud" as const, name: phoneNumberId, settings };
  return createChannel(context, company.admin, { input, kinds: channelModules });
}

function ids<Id>(rows: readonly { readonly id: Id }[]): Id[] {
  return rows.map((row) => row.id);
}
