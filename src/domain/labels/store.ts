import type { Label } from "../../contract/entities.ts";
import type { CompanyId, LabelId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";

/** Labels as the API shows them, by name; all of the company without `ids`. A foreign id has no entry. */
export async function loadLabels(
  tx: Read,
  companyId: CompanyId,
  ids?: readonly LabelId[],
): Promise<ReadonlyMap<LabelId, Label>> {
  const rows =
    ids === undefined
      ? await tx.all<Label>("SELECT id, name, color FROM labels WHERE company_id = $1 ORDER BY name_key", [
          companyId,
        ])
      : await tx.all<Label>(
          `SELECT id, name, color FROM labels WHERE company_id = $1
           AND id IN (SELECT value FROM json_each($2)) ORDER BY name_key`,
          [companyId, JSON.stringify(ids)],
        );
  return new Map(rows.map((label) => [label.id, label]));
}

export interface LabelFields {
  readonly id: LabelId;
  readonly name: string;
  /** How the name is compared: see `nameKey`. */
  readonly nameKey: string;
  readonly color: string;
}

/** False when the company has a label of that name. */
export async function insertLabel(
  tx: Tx,
  companyId: CompanyId,
  label: LabelFields & { readonly createdAt: number },
): Promise<boolean> {
  const inserted = await tx.run(
    `INSERT INTO labels (id, company_id, name, name_key, color, created_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (company_id, name_key) DO NOTHING`,
    [label.id, companyId, label.name, label.nameKey, label.color, label.createdAt],
  );
  return inserted === 1;
}

/** Whether another label of the company has the name. */
export async function isLabelNameTaken(
  tx: Read,
  companyId: CompanyId,
  label: { readonly id: LabelId; readonly nameKey: string },
): Promise<boolean> {
  const other = await tx.get(
    "SELECT 1 AS taken FROM labels WHERE company_id = $1 AND name_key = $2 AND id <> $3",
    [companyId, label.nameKey, label.id],
  );
  return other !== undefined;
}

export async function updateLabelFields(tx: Tx, companyId: CompanyId, label: LabelFields): Promise<void> {
  await tx.run("UPDATE labels SET name = $1, name_key = $2, color = $3 WHERE company_id = $4 AND id = $5", [
    label.name,
    label.nameKey,
    label.color,
    companyId,
    label.id,
  ]);
}

/** Removes a label from everything that carries it; false when there is none. */
export async function removeLabel(tx: Tx, companyId: CompanyId, id: LabelId): Promise<boolean> {
  return (await tx.run("DELETE FROM labels WHERE company_id = $1 AND id = $2", [companyId, id])) === 1;
}
