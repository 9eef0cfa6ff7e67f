import type { Admission } from "../../src/auth/authenticate.ts";
import type { Caller } from "../../src/auth/caller.ts";
import { Refusal } from "../../src/contract/errors.ts";
import type { ContactId, ConversationId, MessageId } from "../../src/contract/ids.ts";
import { loadChannels } from "../../src/domain/channels/store.ts";
import { loadContacts } from "../../src/domain/contacts/store.ts";
import { loadConversations } from "../../src/domain/conversations/store.ts";
import { loadLabels } from "../../src/domain/labels/store.ts";
import { loadMessages } from "../../src/domain/messages/store.ts";
import { loadNotifications } from "../../src/domain/notifications/store.ts";
import { loadQueues } from "../../src/domain/queues/store.ts";
import { loadUsers } from "../../src/domain/users/store.ts";
import { append } from "../../src/events/append.ts";
import { type Bus, startBus } from "../../src/events/bus.ts";
import { readEpoch } from "../../src/events/store.ts";
import { type Clock, systemClock } from "../../src/lib/clock.ts";
import { newId } from "../../src/lib/ids.ts";
import { silentLogger } from "../../src/lib/logger.ts";
import { noMetrics } from "../../src/lib/metrics.ts";
import { Realtime } from "../../src/realtime/realtime.ts";
import { websocket } from "../../src/realtime/socket.ts";
import type { EngineLimits } from "../../src/realtime/socketio/engine/options.ts";
import type { SocketDialect } from "../../src/realtime/socketio/socket-dialect.ts";
import type { SeededCompany } from "./company.ts";
import { type TestContext, testContext } from "./database.ts";
import { type AnyFrame, RawClient } from "./raw-client.ts";

/** The realtime part on a real port and a real database; tokens are handed out by the test. */
export interface RealtimeServer extends AsyncDisposable {
  readonly context: TestContext;
  readonly realtime: Realtime;
  readonly bus: Bus;
  readonly url: string;
  /** A token of this caller, until it is taken back; `expiresAt` in milliseconds. */
  tokenOf(caller: Caller, expiresAt?: number): string;
  /** What `reload` answers from now on: other rights, or null when the session is gone. */
  change(caller: Caller, now: Caller | null): void;
  /** How often it was asked who stands behind a token or a cookie. */
  lookUps(): number;
  /** A client of the `conversations` dialect that has been let in. */
  connect(caller: Caller, auth?: Readonly<Record<string, unknown>>): Promise<RawClient>;
}

/** What every channel shows here while it waits to be scanned. */
export const qrCode = "data:image/png;base64,iVBORw0KGgo=";

export interface RealtimeServerOptions {
  /** The system's unless told. */
  readonly clock?: Clock;
  readonly graceMs?: number;
  /** Dialects over Socket.IO in place of the product's. */
  readonly socketDialects?: readonly SocketDialect[];
  readonly engineLimits?: Partial<EngineLimits>;
}

export async function realtimeServer(options: RealtimeServerOptions = {}): Promise<RealtimeServer> {
  const context = await testContext();
  const bus = await startBus(context.sql, silentLogger);
  context.onCommit = () => bus.wake();
  const tokens = new Map<string, Admission>();
  const changed = new Map<string, Caller | null>();
  const read: string[] = [];
  let lookUps = 0;
  const admit = (token: string): Admission => {
    lookUps += 1;
    const admission = tokens.get(token);
    if (!admission) throw new Refusal("token_invalid");
    return admission;
  };
  const realtime = new Realtime({
    sql: context.sql,
    bus,
    epoch: await context.sql.read(readEpoch),
    sources: {
      messages: loadMessages,
      conversations: loadConversations,
      contacts: loadContacts,
      labels: loadLabels,
      queues: loadQueues,
      users: (tx, companyId, ids) => loadUsers(tx, companyId, { presence: realtime.sessions.presence, ids }),
      channels: loadChannels,
      notifications: loadNotifications,
      qrCode: () => qrCode,
    },
    gatekeeper: {
      admitToken: async (token) => admit(token),
      admitCookie: async () => admit("cookie"),
      reload: async (caller) => {
        const now = changed.get(caller.userId);
        return now === undefined ? caller : now;
      },
    },
    actions: {
      markRead: async (_caller, id) => void read.push(id),
      showTyping: () => undefined,
      chosenPresence: async () => "online",
      choosePresence: async () => undefined,
      departed: async () => undefined,
    },
    revocations: context.revocations,
    metrics: noMetrics,
    clock: options.clock ?? systemClock,
    log: silentLogger,
    origins: { publicOrigin: null, allowed: [] },
    peer: () => ({ ip: "127.0.0.1", secure: false }),
    presenceGraceMs: options.graceMs ?? 50,
    ...(options.socketDialects ? { socketDialects: options.socketDialects } : {}),
    ...(options.engineLimits ? { engineLimits: options.engineLimits } : {}),
  });
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    websocket,
    fetch(request, self) {
      const answer = realtime.handle(request, self);
      return answer === null ? new Response(null, { status: 404 }) : answer;
    },
  });
  realtime.attach(server);
  const url = `ws://127.0.0.1:${server.port}/api/v1/conversations/ws`;

  const tokenOf = (caller: Caller, expiresAt: number | null = null) => {
    const token = newId<string>();
    tokens.set(token, { caller, expiresAt });
    return token;
  };
  return {
    context,
    realtime,
    bus,
    url,
    tokenOf,
    lookUps: () => lookUps,
    change: (caller, now) => void changed.set(caller.userId, now),
    async connect(caller, auth = {}) {
      const client = new RawClient(url, { auth: { token: tokenOf(caller), ...auth } });
      await client.waitFor("ready");
      return client;
    },
    async [Symbol.asyncDispose]() {
      realtime.stop();
      await bus.stop();
      await server.stop(true);
      await context.dispose();
    },
  };
}

/** A contact with an open conversation: rows and events as an inbound message makes them. */
export async function openConversation(
  { context }: RealtimeServer,
  company: SeededCompany,
  placed: {
    readonly queueId?: SeededCompany["queueId"] | null;
    readonly assigneeId?: Caller["userId"] | null;
  } = {},
): Promise<ConversationId> {
  const contactId = newId<ContactId>();
  const id = newId<ConversationId>();
  const at = context.clock.now();
  await context.sql.transaction(async (tx) => {
    await tx.run("INSERT INTO contacts (id, company_id, name, created_at) VALUES ($1, $2, 'Maria', $3)", [
      contactId,
      company.id,
      at,
    ]);
    await tx.run(
      `INSERT INTO conversations (id, company_id, number, contact_id, channel_id, queue_id, assignee_id, status,
         activity_at, created_at, updated_at)
       VALUES ($1, $2, (SELECT COUNT(*) + 1 FROM conversations WHERE company_id = $2), $3, $4, $5, $6, 'active', $7, $7, $7)`,
      [id, company.id, contactId, company.channelId, placed.queueId ?? null, placed.assigneeId ?? null, at],
    );
    await append(tx, company.id, { type: "contact.created", data: { contact_id: contactId }, at });
    await append(tx, company.id, { type: "conversation.created", data: { conversation_id: id }, at });
  });
  return id;
}

/** One message of the contact (or what `type` says); resolves after the commit. */
export async function addMessage(
  { context }: RealtimeServer,
  company: SeededCompany,
  message: {
    readonly conversationId: ConversationId;
    readonly content: string;
    readonly type?: "text" | "note";
  },
): Promise<MessageId> {
  const id = newId<MessageId>();
  const { conversationId, content, type = "text" } = message;
  const at = context.clock.now();
  await context.sql.transaction(async (tx) => {
    await tx.run(
      `INSERT INTO messages (id, company_id, conversation_id, channel_id, sender_type, sender_name, direction,
         message_type, content, status, position, created_at)
       VALUES ($1, $2, $3, $4, $5, 'Maria', $6, $7, $8, 'delivered',
         (SELECT COALESCE(MAX(position), 0) + 1 FROM messages WHERE conversation_id = $3), $9)`,
      [
        id,
        company.id,
        conversationId,
        company.channelId,
        type === "note" ? "agent" : "contact",
        type === "note" ? "out" : "in",
        type,
        content,
        at,
      ],
    );
    const data = { message_id: id, conversation_id: conversationId };
    await append(tx, company.id, { type: "message.created", data, at });
  });
  return id;
}

/** Contents of the messages that a client was shown, in order. */
export function shown(client: { readonly frames: readonly AnyFrame[] }): readonly string[] {
  return client.frames
    .filter(({ type }) => type === "message_received" || type === "message_sent")
    .map(({ data }) => String(data["content"]));
}
