import type { Company } from "../../contract/entities.ts";
import type { CompanyId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";

export async function hasCompany(tx: Read): Promise<boolean> {
  return (await tx.get("SELECT 1 AS there FROM companies LIMIT 1")) !== undefined;
}

/** Writes the company, and the head of its event log. */
export async function insertCompany(
  tx: Tx,
  company: Pick<Company, "id" | "name" | "locale" | "timezone"> & { readonly createdAt: number },
): Promise<void> {
  await tx.run("INSERT INTO companies (id, name, locale, timezone, created_at) VALUES ($1, $2, $3, $4, $5)", [
    company.id,
    company.name,
    company.locale,
    company.timezone,
    company.createdAt,
  ]);
  await tx.run("INSERT INTO event_heads (company_id) VALUES ($1)", [company.id]);
}

export function readCompany(tx: Read, id: CompanyId): Promise<Company | undefined> {
  return tx.get(
    "SELECT id, name, locale, timezone, visibility, reopen_hours, token_hours FROM companies WHERE id = $1",
    [id],
  );
}

export async function updateCompany(tx: Tx, company: Company): Promise<void> {
  await tx.run(
    `UPDATE companies SET name = $1, locale = $2, timezone = $3, visibility = $4, reopen_hours = $5,
     token_hours = $6 WHERE id = $7`,
    [
      company.name,
      company.locale,
      company.timezone,
      company.visibility,
      company.reopen_hours,
      company.token_hours,
      company.id,
    ],
  );
}
