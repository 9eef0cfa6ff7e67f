import type { ChannelId, CompanyId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";
import type { TemplateInfo } from "./ports.ts";

interface TemplateRow {
  readonly name: string;
  readonly language: string;
  readonly category: string;
  readonly status: string;
  /** JSON array. */
  readonly components: string;
}

/** A channel's templates by name and language, as they were at the last synchronisation. */
export async function loadTemplates(
  tx: Read,
  companyId: CompanyId,
  channelId: ChannelId,
): Promise<TemplateInfo[]> {
  const rows = await tx.all<TemplateRow>(
    `SELECT name, language, category, status, components FROM templates
     WHERE company_id = $1 AND channel_id = $2 ORDER BY name, language`,
    [companyId, channelId],
  );
  return rows.map((row) => ({ ...row, components: parseComponents(row.components) }));
}

/** Reads the `components` column, which only `replaceTemplates` writes. */
function parseComponents(text: string): readonly unknown[] {
  return JSON.parse(text) as readonly unknown[];
}

/** Puts these in the place of all that there were. `templates` is a JSON array of `TemplateInfo`; `at` in ms. */
export async function replaceTemplates(
  tx: Tx,
  companyId: CompanyId,
  of: { readonly channelId: ChannelId; readonly templates: string; readonly at: number },
): Promise<void> {
  await tx.run("DELETE FROM templates WHERE company_id = $1 AND channel_id = $2", [companyId, of.channelId]);
  await tx.run(
    `INSERT INTO templates (company_id, channel_id, name, language, category, status, components, updated_at)
     SELECT $1, $2, value ->> 'name', value ->> 'language', value ->> 'category', value ->> 'status',
       value -> 'components', $3
     FROM json_each($4) WHERE true
     ON CONFLICT (channel_id, name, language) DO UPDATE SET category = excluded.category, status = excluded.status,
       components = excluded.components, updated_at = excluded.updated_at`,
    [companyId, of.channelId, of.at, of.templates],
  );
}

/** Notes what the provider says of one template; false where it is not known (yet). */
export async function updateTemplateStatus(
  tx: Tx,
  companyId: CompanyId,
  change: {
    readonly channelId: ChannelId;
    readonly name: string;
    readonly language: string;
    readonly status: string;
    readonly category: string | null;
    readonly at: number;
  },
): Promise<boolean> {
  const updated = await tx.run(
    `UPDATE templates SET status = $1, category = COALESCE($2, category), updated_at = $3
     WHERE company_id = $4 AND channel_id = $5 AND name = $6 AND language = $7`,
    [change.status, change.category, change.at, companyId, change.channelId, change.name, change.language],
  );
  return updated > 0;
}
