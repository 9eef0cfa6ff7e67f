import { Refusal } from "../contract/errors.ts";
import type { CompanyId, ConversationId, UserId } from "../contract/ids.ts";
import type { Connection } from "./connection.ts";
import type { DialectName } from "./dialect.ts";
import { limits } from "./limits.ts";

/** Every authenticated connection, by company and by user. Nothing stays when the last one has gone. */
export class Registry {
  readonly #companies = new Map<CompanyId, Set<Connection>>();
  readonly #users = new Map<UserId, Set<Connection>>();

  /** Throws `connection_limit` for the 51st connection of a user. */
  add(connection: Connection): void {
    const { companyId, userId } = connection.caller;
    const ofUser = this.#users.get(userId) ?? new Set();
    if (ofUser.size >= limits.connectionsPerUser) throw new Refusal("connection_limit");
    this.#users.set(userId, ofUser.add(connection));
    this.#companies.set(companyId, (this.#companies.get(companyId) ?? new Set()).add(connection));
  }

  /** Returns false when it was not there. */
  remove(connection: Connection): boolean {
    const { companyId, userId } = connection.caller;
    const was = drop(this.#users, userId, connection);
    drop(this.#companies, companyId, connection);
    return was;
  }

  has(connection: Connection): boolean {
    return this.#users.get(connection.caller.userId)?.has(connection) ?? false;
  }

  ofCompany(companyId: CompanyId): Iterable<Connection> {
    return this.#companies.get(companyId) ?? [];
  }

  ofUser(userId: UserId): readonly Connection[] {
    return [...(this.#users.get(userId) ?? [])];
  }

  companies(): Iterable<CompanyId> {
    return this.#companies.keys();
  }

  *all(): Iterable<Connection> {
    for (const connections of this.#companies.values()) yield* connections;
  }

  /** The users, each once, who are in a conversation's room now. */
  viewing(companyId: CompanyId, conversationId: ConversationId): readonly UserId[] {
    const users = new Set<UserId>();
    for (const connection of this.ofCompany(companyId)) {
      if (connection.rooms.has(conversationId)) users.add(connection.caller.userId);
    }
    return [...users];
  }

  count(dialect: DialectName): number {
    let count = 0;
    for (const connection of this.all()) if (connection.dialect.name === dialect) count += 1;
    return count;
  }
}

function drop<Key>(map: Map<Key, Set<Connection>>, key: Key, connection: Connection): boolean {
  const set = map.get(key);
  const was = set?.delete(connection) ?? false;
  if (set?.size === 0) map.delete(key);
  return was;
}
