import { openSqlite } from "../sqlite.ts";
import { insertNote, note } from "./rows.ts";

// Stores notes, two callers at a time, until the disk (a limit on the size of files) takes no more. Says what each
// of the last two callers was told, then the stored ids and the acknowledged ones.

const sql = await openSqlite({ path: process.argv[2] ?? "" });
const acknowledged: string[] = [];

async function store(id: string): Promise<string> {
  try {
    await sql.transaction((tx) => tx.run(insertNote, note(id, "x".repeat(60_000))));
    acknowledged.push(id);
    return "stored";
  } catch (error) {
    return String(error);
  }
}

let told: string[] = [];
for (
  let count = 0;
  count < 1_000 && told.every((answer) => answer === "stored" || told.length === 0);
  count += 1
) {
  told = await Promise.all([store(`${count}a`), store(`${count}b`)]);
}
const rows = await sql.read((tx) => tx.all<{ id: string }>("SELECT id FROM notes ORDER BY rowid"));
process.stdout.write(`${JSON.stringify({ told, stored: rows.map(({ id }) => id), acknowledged })}\n`);
await sql.close();
