import { openDataFolder } from "../data-folder.ts";

// Holds the data folder given as argument until it is killed.

openDataFolder(process.argv[2] ?? "");
process.stdout.write(`${process.pid}\n`);
for await (const _line of console) break;
