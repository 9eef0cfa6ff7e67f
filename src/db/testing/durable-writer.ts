import { openSqlite } from "../sqlite.ts";
import { insertNote, note } from "./rows.ts";

// Stores notes without end, eight callers at a time, and says the id of each that it was told is stored.
// Arguments: the database, and what each id begins with.

const [, , path = "", prefix = ""] = process.argv;
const sql = await openSqlite({ path });
let count = 0;

async function caller(): Promise<never> {
  for (;;) {
    const id = `${prefix}${count++}`;
    await sql.transaction((tx) => tx.run(insertNote, note(id, "x".repeat(200))));
    process.stdout.write(`${id}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, caller));
