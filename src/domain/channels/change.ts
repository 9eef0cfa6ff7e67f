import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import type { ChannelKind } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ChannelId, CompanyId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import type { ChannelKinds } from "./ports.ts";
import { openRecord, sealSecrets } from "./record.ts";
import { findByExternalKey, insertChannel, readChannel, updateChannelRow } from "./store.ts";

export interface NewChannel {
  readonly kind: ChannelKind;
  readonly name: string;
  /** As the kind wants them; secrets among them are sealed before they are stored. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Throws `forbidden`, `invalid_request` (which settings are wrong), `already_exists` (the number has a channel). */
export async function createChannel(
  context: Context,
  caller: Caller,
  { input, kinds }: { readonly input: NewChannel; readonly kinds: ChannelKinds },
): Promise<ChannelId> {
  requirePermission(caller, "manage_channels");
  const { companyId } = caller;
  const checked = kinds[input.kind].check(input.settings);
  const id = newId<ChannelId>();
  const at = context.clock.now();
  const secrets = sealSecrets(context, id, checked.secrets);
  await context.sql.transaction(async (tx) => {
    await refuseTakenKey(tx, companyId, { id, kind: input.kind, externalKey: checked.externalKey });
    await insertChannel(tx, {
      id,
      company_id: companyId,
      kind: input.kind,
      name: input.name,
      status: "connecting",
      status_detail: null,
      phone: null,
      settings: JSON.stringify(checked.shown),
      secrets,
      external_key: checked.externalKey,
      paused_reason: null,
      created_at: at,
    });
    await append(tx, companyId, { type: "channel.created", data: { channel_id: id }, at });
  });
  return id;
}

/** What a change leaves out stays, secrets too. */
export interface ChannelInput {
  readonly id: ChannelId;
  readonly name?: string | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Changes name or settings. New settings are tried at once: a paused channel goes on, one that was disconnected
 * stays so. Throws `forbidden`, `not_found`, `invalid_request`, `already_exists`.
 */
export async function updateChannel(
  context: Context,
  caller: Caller,
  { input, kinds }: { readonly input: ChannelInput; readonly kinds: ChannelKinds },
): Promise<void> {
  requirePermission(caller, "manage_channels");
  const { companyId } = caller;
  const at = context.clock.now();
  const before = await context.sql.read((tx) => readChannel(tx, companyId, input.id));
  if (!before) throw new Refusal("not_found");
  const change = input.settings && settingsChange(context, { row: before, given: input.settings, kinds });
  await context.sql.transaction(async (tx) => {
    const row = await readChannel(tx, companyId, input.id);
    if (!row) throw new Refusal("not_found");
    if (change) {
      await refuseTakenKey(tx, companyId, { ...row, externalKey: change.external_key });
    }
    const status = change && row.status !== "disconnected" ? "connecting" : row.status;
    await updateChannelRow(tx, row, {
      name: input.name ?? row.name,
      ...change,
      ...(change ? { status, status_detail: null, paused_reason: null } : {}),
    });
    await append(tx, companyId, { type: "channel.updated", data: { channel_id: row.id }, at });
    if (status !== row.status) {
      await append(tx, companyId, { type: "channel.status", data: { channel_id: row.id, status }, at });
    }
  });
}

type Row = Parameters<typeof openRecord>[1];

/** The settings that there were with those that were given, checked as a whole. */
function settingsChange(
  context: Context,
  {
    row,
    given,
    kinds,
  }: { readonly row: Row; readonly given: Readonly<Record<string, unknown>>; readonly kinds: ChannelKinds },
): Pick<Row, "settings" | "secrets" | "external_key"> {
  const record = openRecord(context, row);
  const checked = kinds[row.kind].check({ ...record.settings, ...record.secrets, ...given });
  return {
    settings: JSON.stringify(checked.shown),
    secrets: sealSecrets(context, row.id, checked.secrets),
    external_key: checked.externalKey,
  };
}

/** Two channels of one number would both get its messages. */
async function refuseTakenKey(
  tx: Tx,
  companyId: CompanyId,
  channel: { readonly id: ChannelId; readonly kind: ChannelKind; readonly externalKey: string | null },
): Promise<void> {
  const { id, kind, externalKey } = channel;
  if (externalKey === null) return;
  const taken = await findByExternalKey(tx, companyId, { kind, externalKey });
  if (taken.some((other) => other !== id)) throw new Refusal("already_exists", { field: "settings" });
}
