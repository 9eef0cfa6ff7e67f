import { existsSync } from "node:fs";
import { relative } from "node:path";

import { executable, root, uiDir } from "./paths.ts";
import { run } from "./run.ts";

/** Makes `dist/balcao` of the server and of the UI in `dist/ui`, which must have been built before. */
export async function buildExecutable(): Promise<void> {
  if (!existsSync(uiDir)) throw new Error("dist/ui is missing: build the UI first");
  const output = ["--compile", "--minify", "--bytecode", "--format=esm", "--sourcemap"];
  // What lies in the folder that it is started in must not steer it.
  const alone = ["--no-compile-autoload-dotenv", "--no-compile-autoload-bunfig"];
  const ui = ["--asset", `./${relative(root, uiDir)}`];
  // A worker is an entry of its own, found at run time by its path below the entries' common folder.
  const workers = [...new Bun.Glob("src/**/*-worker.ts").scanSync({ cwd: root })].toSorted();
  const entries = ["src/main.ts", ...workers];
  await run([
    process.execPath,
    "build",
    ...output,
    ...alone,
    ...ui,
    ...entries,
    "--outfile",
    relative(root, executable),
  ]);
}

if (import.meta.main) await buildExecutable();
