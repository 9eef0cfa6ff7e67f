import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ChannelId } from "../../contract/ids.ts";
import { append } from "../../events/append.ts";
import type { Context } from "../context.ts";
import type { ChannelPort, TemplateInfo } from "./ports.ts";
import { readChannel } from "./store.ts";
import { loadTemplates, replaceTemplates } from "./template-store.ts";

/** A channel's templates, for whoever may send one. Throws `forbidden`, `not_found`. */
export function listTemplates(
  context: Context,
  caller: Caller,
  id: ChannelId,
): Promise<readonly TemplateInfo[]> {
  requirePermission(caller, "attend");
  const { companyId } = caller;
  return context.sql.read(async (tx) => {
    if (!(await readChannel(tx, companyId, id))) throw new Refusal("not_found");
    return loadTemplates(tx, companyId, id);
  });
}

/** Puts what the provider has in the place of what we had. Throws `forbidden`, `not_found`, `provider_error`, `not_supported`. */
export async function syncTemplates(
  context: Context,
  caller: Caller,
  { id, port }: { readonly id: ChannelId; readonly port: ChannelPort },
): Promise<void> {
  requirePermission(caller, "manage_channels");
  const { companyId } = caller;
  if (!(await context.sql.read((tx) => readChannel(tx, companyId, id)))) throw new Refusal("not_found");
  const templates = JSON.stringify(await port.templates(id));
  const at = context.clock.now();
  await context.sql.transaction(async (tx) => {
    if (!(await readChannel(tx, companyId, id))) throw new Refusal("not_found");
    await replaceTemplates(tx, companyId, { channelId: id, templates, at });
    await append(tx, companyId, { type: "channel.updated", data: { channel_id: id }, at });
  });
}
