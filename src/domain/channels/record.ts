import type { ChannelKind, ChannelStatus } from "../../contract/entities.ts";
import type { ChannelId, CompanyId } from "../../contract/ids.ts";
import { openSecret, sealSecret } from "../../db/secrets.ts";
import { sha256Hex } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import { type ChannelRow, findAllChannels, findOwner, readChannel } from "./store.ts";

/** A channel with its secrets open: for the code that talks to the provider, never for an answer or a log. */
export interface ChannelRecord {
  readonly id: ChannelId;
  readonly companyId: CompanyId;
  readonly kind: ChannelKind;
  readonly status: ChannelStatus;
  readonly externalKey: string | null;
  /** As the kind gave them to be shown. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Set while its outbox stands still. */
  readonly pausedReason: string | null;
  /** Another one after every change of the settings; see `accountOf`. */
  readonly account: string;
}

/** The record of a channel that exists; whose it is stands in it. Throws `UnsealError` with another key file. */
export async function readRecord(context: Context, id: ChannelId): Promise<ChannelRecord | undefined> {
  const row = await context.sql.read(async (tx) => {
    const companyId = await findOwner(tx, id);
    return companyId === undefined ? undefined : readChannel(tx, companyId, id);
  });
  return row && openRecord(context, row);
}

/** Ids of all channels of all companies. */
export async function listChannelIds(context: Context): Promise<readonly ChannelId[]> {
  return (await context.sql.read(findAllChannels)).map(({ id }) => id);
}

export function openRecord(context: Pick<Context, "key">, row: ChannelRow): ChannelRecord {
  return {
    id: row.id,
    companyId: row.company_id,
    kind: row.kind,
    status: row.status,
    externalKey: row.external_key,
    settings: parseSettings(row.settings),
    secrets: openSecrets(context, row),
    pausedReason: row.paused_reason,
    account: accountOf(row),
  };
}

/** Names the settings of a channel as they are now: sealing anew gives other bytes, even for the same secrets. */
export function accountOf(row: Pick<ChannelRow, "secrets">): string {
  return sha256Hex(row.secrets);
}

/** Encrypted for this one channel: copied to another row it stays shut. */
export function sealSecrets(
  context: Pick<Context, "key">,
  id: ChannelId,
  secrets: Readonly<Record<string, string>>,
): Uint8Array {
  return new TextEncoder().encode(sealSecret(context.key, JSON.stringify(secrets), `channel:${id}`));
}

/** What `sealSecrets` sealed. */
function openSecrets(context: Pick<Context, "key">, row: ChannelRow): Readonly<Record<string, string>> {
  if (row.secrets.byteLength === 0) return {};
  const sealed = new TextDecoder().decode(row.secrets);
  return JSON.parse(openSecret(context.key, sealed, `channel:${row.id}`)) as Readonly<Record<string, string>>;
}

/** Reads the `settings` column, which only this folder writes. */
export function parseSettings(text: string): Readonly<Record<string, unknown>> {
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
