import { posix } from "node:path";

import type { SourceFile } from "./source.ts";

const statements =
  /^(?:import|export)\b[^;"]*?\bfrom\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** What a file imports, types too: relative ones as paths below the checkout, packages by their names. */
export function importsOf({ path, text }: SourceFile): string[] {
  return [...text.matchAll(statements)].map(([, from, effect, dynamic]) => {
    const specifier = from ?? effect ?? dynamic ?? "";
    return specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : specifier;
  });
}
