import { join } from "node:path";

import { manifestName, uiManifest } from "../src/http/ui-manifest.ts";
import { executable, uiDir } from "./paths.ts";

/** Bytes that a browser fetches before the first screen, compressed with brotli. */
export interface FirstLoad {
  readonly script: number;
  readonly style: number;
}

/** What the first screen may cost, in bytes. */
export const budget: FirstLoad = { script: 200_000, style: 25_000 };

/** Measures the UI that was built last. */
export async function firstLoadSize(): Promise<FirstLoad> {
  const { firstLoad } = uiManifest.parse(await Bun.file(join(uiDir, manifestName)).json());
  const total = (ending: string) =>
    firstLoad
      .filter((path) => path.endsWith(ending))
      .map((path) => [`${join(uiDir, path)}.br`, join(uiDir, path)].map((name) => Bun.file(name).size))
      .reduce((sum, [compressed, plain]) => sum + (compressed || plain || 0), 0);
  return { script: total(".js"), style: total(".css") };
}

/** Sizes for a person: the executable, and the first load against its budget. */
export async function sizeReport(): Promise<string> {
  const { script, style } = await firstLoadSize();
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;
  return [
    `dist/balcao          ${(Bun.file(executable).size / 1e6).toFixed(1)} MB`,
    `first load, brotli   ${kilobytes(script)} of ${kilobytes(budget.script)} script, ` +
      `${kilobytes(style)} of ${kilobytes(budget.style)} style`,
  ].join("\n");
}

if (import.meta.main) console.log(await sizeReport());
