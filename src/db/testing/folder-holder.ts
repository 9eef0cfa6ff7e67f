import { openDataFolder } from "../data-folder.ts";

// Holds the data folder given as argument until it is killed.

openDataFolder(process.argv[2] ?? "");
console.log(process.pid);
for await (const _line of console) break;
