import { Database } from "bun:sqlite";

// Holds the write lock of the database given as argument, until a line comes in.

const database = new Database(process.argv[2], { readwrite: true });
database.run("BEGIN IMMEDIATE");
process.stdout.write("locked\n");
for await (const _line of console) break;
database.run("ROLLBACK");
database.close();
process.exit();
