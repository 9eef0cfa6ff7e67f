import { cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join, relative } from "node:path";

import { writeDocs } from "./docs.ts";
import { publicDir, root, uiDir } from "./paths.ts";
import { run } from "./run.ts";
import { firstLoadOf } from "./ui-first-load.ts";
import { writeUiManifest } from "./ui-manifest.ts";

const metafile = join(uiDir, "..", "ui-meta.json");

/** What the UI loads by a fixed name and a package brings: [file in node_modules, path below dist/ui]. */
const fromPackages: readonly (readonly [string, string])[] = [
  ["@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", "fonts/inter-latin.woff2"],
  ["@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2", "fonts/inter-latin-ext.woff2"],
  ["@scalar/api-reference/dist/browser/standalone.js", "vendor/scalar.js"],
];

/**
 * Builds the agent UI into `dist/ui`: bundle, public files, fonts, the page of the API, compressed copies, and the
 * list that the server reads. `compress: false` is for development.
 */
export async function buildUi({ compress }: { readonly compress: boolean }): Promise<void> {
  await rm(uiDir, { recursive: true, force: true });
  await mkdir(uiDir, { recursive: true });
  await bundle();
  const bundled = new Set((await filesBelow(uiDir)).map((path) => `/${path}`));
  await cp(publicDir, uiDir, {
    recursive: true,
    filter: (source) => source !== join(publicDir, "index.html"),
  });
  for (const [source, target] of fromPackages) {
    await cp(join(root, "node_modules", source), join(uiDir, target));
  }
  await writeDocs(join(uiDir, "docs"));
  await linkByName(bundled);
  await writeUiManifest({
    folder: uiDir,
    paths: (await filesBelow(uiDir)).map((path) => `/${path}`),
    hashed: bundled,
    firstLoad: await firstLoadOf(metafile),
    compress,
  });
}

async function bundle(): Promise<void> {
  const flags = ["--target=browser", "--production", "--splitting", "--public-path", "/"];
  // The bundler would put fonts into the style sheet as text.
  const fonts = ["--external", "/fonts/*"];
  const output = [`--metafile=${metafile}`, "--outdir", uiDir];
  await run([process.execPath, "build", ...flags, ...fonts, ...output, join(publicDir, "index.html")]);
}

/**
 * The bundler gives the icon and the app manifest hashed names too. They go back to their own: an installed app asks
 * for its manifest by a name that must not change.
 */
async function linkByName(bundled: Set<string>): Promise<void> {
  const page = join(uiDir, "index.html");
  const own = new Map((await filesBelow(publicDir)).map((path) => [path.replace(/^.*\//, ""), `/${path}`]));
  const doubled = new Set<string>();
  const rewriter = new HTMLRewriter().on("link[href]", {
    element(link) {
      const href = link.getAttribute("href") ?? "";
      const name = own.get(href.slice(1).replace(/-[a-z0-9]{8}(?=\.\w+$)/, ""));
      if (name === undefined || link.getAttribute("rel") === "stylesheet") return;
      link.setAttribute("href", name);
      doubled.add(href);
    },
  });
  await Bun.write(`${page}.new`, rewriter.transform(await Bun.file(page).text()));
  await rename(`${page}.new`, page);
  for (const path of doubled) {
    await rm(join(uiDir, path));
    bundled.delete(path);
  }
  bundled.delete("/index.html");
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}

if (import.meta.main) await buildUi({ compress: !process.argv.includes("--no-compress") });
