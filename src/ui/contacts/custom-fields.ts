/** A contact's own fields as a form holds them: rows in order, while names are still being written. */
export interface FieldRow {
  readonly key: number;
  readonly name: string;
  readonly value: string;
}

export function rowsOf(custom: Readonly<Record<string, string>>): readonly FieldRow[] {
  return Object.entries(custom).map(([name, value], key) => ({ key, name, value }));
}

/** With an empty row at the end, to write another field in. */
export function addRow(rows: readonly FieldRow[]): readonly FieldRow[] {
  const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
  return [...rows, { key, name: "", value: "" }];
}

/** What the rows say; one without a name or a value says nothing, and of two with one name the later counts. */
export function customOf(rows: readonly FieldRow[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rows
      .map(({ name, value }) => [name.trim(), value.trim()] as const)
      .filter(([name, value]) => name && value),
  );
}
