import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import { Refusal } from "../../contract/errors.ts";
import type { CompanyId, LabelId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import { nameKey } from "../../lib/name-key.ts";
import type { Context } from "../context.ts";
import { insertLabel, isLabelNameTaken, loadLabels, removeLabel, updateLabelFields } from "./store.ts";

export interface NewLabel {
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
}

/** Throws `forbidden`, `already_exists`. */
export async function createLabel(context: Context, caller: Caller, input: NewLabel): Promise<LabelId> {
  requirePermission(caller, "manage_labels");
  const { companyId } = caller;
  const at = context.clock.now();
  const id = newId<LabelId>();
  await context.sql.transaction(async (tx) => {
    const label = { ...input, id, nameKey: nameKey(input.name), createdAt: at };
    if (!(await insertLabel(tx, companyId, label))) throw new Refusal("already_exists", { field: "name" });
    await tellLabel(tx, companyId, { id, deleted: false, at });
  });
  return id;
}

/** Throws `forbidden`, `not_found`, `already_exists`. */
export async function updateLabel(
  context: Context,
  caller: Caller,
  { id, ...change }: { readonly [F in keyof NewLabel]?: string | undefined } & { readonly id: LabelId },
): Promise<void> {
  requirePermission(caller, "manage_labels");
  const { companyId } = caller;
  const at = context.clock.now();
  await context.sql.transaction(async (tx) => {
    const label = (await loadLabels(tx, companyId, [id])).get(id);
    if (!label) throw new Refusal("not_found");
    const name = change.name ?? label.name;
    const fields = { id, name, nameKey: nameKey(name), color: change.color ?? label.color };
    if (await isLabelNameTaken(tx, companyId, fields)) throw new Refusal("already_exists", { field: "name" });
    await updateLabelFields(tx, companyId, fields);
    await tellLabel(tx, companyId, { id, deleted: false, at });
  });
}

/** Removes it from every contact and conversation too. Throws `forbidden`, `not_found`. */
export async function deleteLabel(context: Context, caller: Caller, id: LabelId): Promise<void> {
  requirePermission(caller, "manage_labels");
  const at = context.clock.now();
  await context.sql.transaction(async (tx) => {
    if (!(await removeLabel(tx, caller.companyId, id))) throw new Refusal("not_found");
    await tellLabel(tx, caller.companyId, { id, deleted: true, at });
  });
}

async function tellLabel(
  tx: Tx,
  companyId: CompanyId,
  { id, deleted, at }: { readonly id: LabelId; readonly deleted: boolean; readonly at: number },
): Promise<void> {
  await append(tx, companyId, { type: "label.updated", data: { label_id: id, deleted }, at });
}
