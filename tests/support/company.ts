import type { Caller } from "../../src/auth/caller.ts";
import type { ChannelKind, Role, Visibility } from "../../src/contract/entities.ts";
import type { ChannelId, CompanyId, QueueId, SessionId, UserId } from "../../src/contract/ids.ts";
import type { Context } from "../../src/domain/context.ts";
import { newId } from "../../src/lib/ids.ts";

/** A company with one user of each role, a queue in which the agent is, and a channel: rows only, no sign-in. */
export interface SeededCompany {
  readonly id: CompanyId;
  readonly admin: Caller;
  readonly supervisor: Caller;
  readonly agent: Caller;
  readonly viewer: Caller;
  readonly queueId: QueueId;
  readonly channelId: ChannelId;
}

export interface SeedOptions {
  readonly visibility?: Visibility;
  /** The channel's name at its provider. */
  readonly phoneNumberId?: string;
}

export async function seedCompany(context: Context, options: SeedOptions = {}): Promise<SeededCompany> {
  const { visibility = "all", phoneNumberId = "106540352242922" } = options;
  const id = newId<CompanyId>();
  const queueId = newId<QueueId>();
  await insertCompany(context, id, visibility);
  const roles: readonly Role[] = ["admin", "supervisor", "agent", "viewer"];
  const [admin, supervisor, agent, viewer] = await Promise.all(
    roles.map((role) =>
      seedUser(context, id, { role, visibility, queueIds: role === "agent" ? [queueId] : [] }),
    ),
  );
  if (!admin || !supervisor || !agent || !viewer) throw new Error("a role is missing");
  await insertQueue(context, id, { queueId, member: agent.userId });
  const channelId = await seedChannel(context, id, { kind: "whatsapp_cloud", externalKey: phoneNumberId });
  return { id, admin, supervisor, agent, viewer, queueId, channelId };
}

async function insertCompany(context: Context, id: CompanyId, visibility: Visibility): Promise<void> {
  await context.sql.transaction(async (tx) => {
    await tx.run(
      `INSERT INTO companies (id, name, locale, timezone, visibility, created_at)
       VALUES ($1, 'Loja Azul', 'pt-BR', 'America/Sao_Paulo', $2, $3)`,
      [id, visibility, context.clock.now()],
    );
    await tx.run("INSERT INTO event_heads (company_id) VALUES ($1)", [id]);
  });
}

/** One more user, already signed in: a `Caller` that hangs on a session row. */
export async function seedUser(
  context: Context,
  companyId: CompanyId,
  user: {
    readonly role: Role;
    readonly visibility?: Visibility;
    readonly queueIds?: readonly QueueId[];
    readonly name?: string;
  },
): Promise<Caller> {
  const userId = newId<UserId>();
  const sessionId = newId<SessionId>();
  const now = context.clock.now();
  const name = user.name ?? user.role;
  const email = `${user.role}-${userId}@example.com`;
  await context.sql.transaction(async (tx) => {
    await tx.run(
      `INSERT INTO users (id, company_id, name, email, email_key, password_hash, role, created_at)
       VALUES ($1, $2, $3, $4, $4, '', $5, $6)`,
      [userId, companyId, name, email, user.role, now],
    );
    await tx.run(
      "INSERT INTO sessions (id, company_id, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
      [sessionId, companyId, userId, now, now + 24 * 60 * 60 * 1000],
    );
  });
  return {
    companyId,
    userId,
    name,
    role: user.role,
    queueIds: user.queueIds ?? [],
    visibility: user.visibility ?? "all",
    locale: "pt-BR",
    credential: { kind: "session", sessionId },
  };
}

async function insertQueue(
  context: Context,
  companyId: CompanyId,
  { queueId, member }: { readonly queueId: QueueId; readonly member: UserId },
): Promise<void> {
  await context.sql.transaction(async (tx) => {
    await tx.run(
      `INSERT INTO queues (id, company_id, name, name_key, color, created_at)
       VALUES ($1, $2, 'Atendimento', 'atendimento', '#1f5fa8', $3)`,
      [queueId, companyId, context.clock.now()],
    );
    await tx.run("INSERT INTO queue_members (queue_id, user_id) VALUES ($1, $2)", [queueId, member]);
  });
}

/** A connected channel without secrets: enough for the domain, which never talks to a provider. */
export async function seedChannel(
  context: Context,
  companyId: CompanyId,
  channel: { readonly kind: ChannelKind; readonly externalKey: string },
): Promise<ChannelId> {
  const id = newId<ChannelId>();
  await context.sql.transaction((tx) =>
    tx.run(
      `INSERT INTO channels (id, company_id, kind, name, status, settings, secrets, external_key, created_at)
       VALUES ($1, $2, $3, 'WhatsApp', 'connected', '{}', $4, $5, $6)`,
      [id, companyId, channel.kind, new Uint8Array(), channel.externalKey, context.clock.now()],
    ),
  );
  return id;
}
