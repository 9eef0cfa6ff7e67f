import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { demoDir, root } from "./paths.ts";
import { run } from "./run.ts";
import { writeUiManifest } from "./ui-manifest.ts";

/** Builds the page of the demo's simulated phone into `dist/demo`; its fonts are the agent UI's. */
export async function buildDemo(): Promise<void> {
  await rm(demoDir, { recursive: true, force: true });
  await mkdir(demoDir, { recursive: true });
  const flags = ["--target=browser", "--production", "--public-path", "/", "--external", "/fonts/*"];
  const page = join(root, "src/demo/page/index.html");
  await run([process.execPath, "build", ...flags, "--outdir", demoDir, page]);
  const paths = (await readdir(demoDir)).map((name) => `/${name}`).toSorted();
  const hashed = new Set(paths.filter((path) => path !== "/index.html"));
  // It is served on this machine only, so nothing is won by compressing.
  await writeUiManifest({ folder: demoDir, paths, hashed, firstLoad: [], compress: false });
}

if (import.meta.main) await buildDemo();
