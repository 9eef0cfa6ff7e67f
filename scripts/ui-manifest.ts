import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { manifestName, type UiFile, type UiManifest } from "../src/http/ui-manifest.ts";

/** Content types by ending, and whether compressing helps. An ending that is not here stops the build. */
const types: Readonly<Record<string, readonly [type: string, compressible: boolean]>> = {
  ".css": ["text/css; charset=utf-8", true],
  ".html": ["text/html; charset=utf-8", true],
  ".ico": ["image/x-icon", false],
  ".jpg": ["image/jpeg", false],
  ".js": ["text/javascript; charset=utf-8", true],
  ".json": ["application/json", true],
  ".mp3": ["audio/mpeg", false],
  ".png": ["image/png", false],
  ".svg": ["image/svg+xml", true],
  ".txt": ["text/plain; charset=utf-8", true],
  ".wav": ["audio/wav", false],
  ".webmanifest": ["application/manifest+json", true],
  ".webp": ["image/webp", false],
  ".woff2": ["font/woff2", false],
};

/** Brotli's best level takes seconds above this many bytes and wins next to nothing. */
const bestBelow = 1_000_000;
const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

interface ManifestOptions {
  readonly folder: string;
  /** Paths in an address, each with its `/` in front. */
  readonly paths: readonly string[];
  /** Those whose names change with their content. */
  readonly hashed: ReadonlySet<string>;
  readonly firstLoad: readonly string[];
  readonly compress: boolean;
}

/** Compresses what gains from it and writes the list of files. */
export async function writeUiManifest(options: ManifestOptions): Promise<void> {
  const { folder, paths, hashed, firstLoad, compress } = options;
  const files: Record<string, UiFile> = {};
  for (const path of paths) {
    const [type, compressible] = typeOf(path);
    const content = await Bun.file(join(folder, path)).bytes();
    const hash = new Bun.CryptoHasher("sha256").update(content).digest("base64url").slice(0, 22);
    // The page gets a nonce in each answer, so a compressed copy of it could not be used.
    const helps = compress && compressible && path !== "/index.html";
    const encodings = helps ? await compressed(join(folder, path), content) : [];
    files[path] = { type, hash, keep: keepOf(path, hashed), encodings };
  }
  const manifest: UiManifest = { files, firstLoad: [...firstLoad] };
  await Bun.write(join(folder, manifestName), `${JSON.stringify(manifest, null, 1)}\n`);
}

function typeOf(path: string): readonly [type: string, compressible: boolean] {
  const found = types[extname(path)];
  if (!found) throw new Error(`public${path}: scripts/ui-manifest.ts has no content type for its ending`);
  return found;
}

function keepOf(path: string, hashed: ReadonlySet<string>): UiFile["keep"] {
  if (hashed.has(path)) return "forever";
  return [".html", ".js", ".json", ".webmanifest"].includes(extname(path)) ? "ask" : "day";
}

async function compressed(file: string, content: Uint8Array): Promise<UiFile["encodings"]> {
  const quality = content.byteLength < bestBelow ? 11 : 9;
  const [br, gz] = await Promise.all([
    brotli(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength,
      },
    }),
    deflate(content, { level: 9 }),
  ]);
  if (gz.byteLength >= content.byteLength * 0.95) return [];
  await Promise.all([Bun.write(`${file}.br`, br), Bun.write(`${file}.gz`, gz)]);
  return ["br", "gzip"];
}
