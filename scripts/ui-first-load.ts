import { z } from "zod";

const metadata = z.object({
  outputs: z.record(
    z.string(),
    z.object({
      imports: z.array(z.object({ path: z.string(), kind: z.string() })),
      entryPoint: z.string().optional(),
      cssBundle: z.string().optional(),
    }),
  ),
});

/**
 * The scripts and styles that the first screen waits for, as paths in an address: the page's entry and everything
 * it imports statically. `metafile` is the bundler's.
 */
export async function firstLoadOf(metafile: string): Promise<string[]> {
  const { outputs } = metadata.parse(await Bun.file(metafile).json());
  const found = new Set<string>();
  const visit = (path: string): void => {
    const output = outputs[path];
    if (found.has(path) || !output) return;
    found.add(path);
    if (output.cssBundle !== undefined) visit(output.cssBundle);
    for (const { path: next, kind } of output.imports) if (kind !== "dynamic-import") visit(next);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint?.endsWith("index.html") === true) visit(path);
  }
  return [...found].map((path) => path.replace(/^\./, "")).toSorted();
}
