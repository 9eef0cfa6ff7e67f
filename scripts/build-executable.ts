import { existsSync } from "node:fs";
import { relative } from "node:path";

import { demoDir, executable, root, uiDir } from "./paths.ts";
import { run } from "./run.ts";

/** Makes `dist/balcao` of the server and of the pages in `dist/ui` and `dist/demo`, which must have been built before. */
export async function buildExecutable(): Promise<void> {
  for (const folder of [uiDir, demoDir]) {
    if (!existsSync(folder)) throw new Error(`${relative(root, folder)} is missing: build the UI first`);
  }
  const output = ["--compile", "--minify", "--bytecode", "--format=esm", "--sourcemap"];
  // What lies in the folder that it is started in must not steer it.
  const alone = ["--no-compile-autoload-dotenv", "--no-compile-autoload-bunfig"];
  const pages = [uiDir, demoDir].flatMap((folder) => ["--asset", `./${relative(root, folder)}`]);
  // A worker is an entry of its own, found at run time by its path below the entries' common folder.
  const workers = [...new Bun.Glob("src/**/*-worker.ts").scanSync({ cwd: root })].toSorted();
  const entries = ["src/main.ts", ...workers];
  await run([
    process.execPath,
    "build",
    ...output,
    ...alone,
    ...pages,
    ...entries,
    "--outfile",
    relative(root, executable),
  ]);
}

if (import.meta.main) await buildExecutable();
