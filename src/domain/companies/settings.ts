import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import type { Company } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { Read } from "../../db/sql.ts";
import type { Context } from "../context.ts";
import { announceVisibility } from "../users/rights.ts";
import { readCompany, updateCompany } from "./store.ts";

export type SettingsChange = { readonly [Field in keyof Omit<Company, "id">]?: Company[Field] | undefined };

/** The caller's company. */
export function readSettings(context: Context, caller: Caller): Promise<Company> {
  return context.sql.read((tx) => existing(tx, caller));
}

/** Changes the company; a new visibility re-rooms every connection. Throws `forbidden`. */
export async function changeSettings(
  context: Context,
  caller: Caller,
  change: SettingsChange,
): Promise<Company> {
  requirePermission(caller, "manage_settings");
  const at = context.clock.now();
  return context.sql.transaction(async (tx) => {
    const company = await existing(tx, caller);
    const next: Company = {
      id: company.id,
      name: change.name ?? company.name,
      locale: change.locale ?? company.locale,
      timezone: change.timezone ?? company.timezone,
      visibility: change.visibility ?? company.visibility,
      reopen_hours: change.reopen_hours ?? company.reopen_hours,
      token_hours: change.token_hours ?? company.token_hours,
    };
    await updateCompany(tx, next);
    if (next.visibility !== company.visibility) await announceVisibility(tx, company.id, at);
    return next;
  });
}

async function existing(tx: Read, { companyId }: Caller): Promise<Company> {
  const company = await readCompany(tx, companyId);
  if (!company) throw new Refusal("not_found");
  return company;
}
