import type { Value } from "../sql.ts";

export const insertNote = "INSERT INTO notes (id, body) VALUES ($1, $2)";

export function note(id: string, body = ""): Value[] {
  return [id, body];
}
