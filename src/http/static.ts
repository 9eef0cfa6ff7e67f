import { join } from "node:path";

import { randomToken } from "../lib/ids.ts";
import { filePolicy, pagePolicy, securityHeaders } from "./security-headers.ts";
import { manifestName, type UiFile, uiManifest } from "./ui-manifest.ts";

/** Stands in the built page where each answer's nonce goes. */
const noncePlace = "{{csp-nonce}}";

/** Where the server answers itself: an unknown path below one of these is no page of the UI. */
const serverPaths = /^\/(?:api|auth|health|metrics|ready|socket\.io|webhooks|ws)(?:\/|$)/;

/** The built UI, read once at start. */
export interface UiFiles {
  readonly folder: string;
  readonly files: ReadonlyMap<string, UiFile>;
  /** The page around the places of the nonce. */
  readonly page: readonly string[];
}

/**
 * Reads the list of the built UI: in the executable from inside it, else from `dist/ui`.
 * @throws when the UI was not built.
 */
export async function openUiFiles(folder = builtFolder()): Promise<UiFiles> {
  const list = Bun.file(join(folder, manifestName));
  if (!(await list.exists())) throw new Error("the UI is not built: run `make build`");
  const { files } = uiManifest.parse(await list.json());
  const page = await Bun.file(join(folder, "index.html")).text();
  return { folder, files: new Map(Object.entries(files)), page: page.split(noncePlace) };
}

/**
 * Answers `GET` and `HEAD` of the UI's files (a folder's `index.html` by the folder's name) and, for any path without an ending that is not the server's own, the
 * page; `undefined` for everything else. Only what stands in the built list can be read, so a path is never
 * a path of a file system.
 */
export function serveUi(
  ui: UiFiles,
  request: Request,
  frameAncestors: readonly string[] = [],
): Response | undefined {
  if (request.method !== "GET" && request.method !== "HEAD") return undefined;
  const { pathname, host } = new URL(request.url);
  const folderPage = ui.files.get(`${pathname}/index.html`);
  if (folderPage) return serveFile(join(ui.folder, pathname, "index.html"), { request, file: folderPage });
  if (pathname === "/index.html" || isPage(pathname)) {
    return servePage(ui, { request, host, frameAncestors });
  }
  const file = ui.files.get(pathname);
  return file && serveFile(join(ui.folder, pathname), { request, file });
}

function isPage(pathname: string): boolean {
  const name = pathname.slice(pathname.lastIndexOf("/") + 1);
  return !name.includes(".") && !serverPaths.test(pathname);
}

function servePage(
  ui: UiFiles,
  { request, host, frameAncestors }: { request: Request; host: string; frameAncestors: readonly string[] },
): Response {
  const nonce = randomToken();
  const headers = {
    ...securityHeaders,
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-cache",
    "Content-Security-Policy": pagePolicy({ nonce, host, frameAncestors }),
  };
  return respond(request, { body: ui.page.join(nonce), headers });
}

function serveFile(path: string, { request, file }: { request: Request; file: UiFile }): Response {
  const encoding = chooseEncoding(request.headers.get("Accept-Encoding"), file.encodings);
  const etag = `"${file.hash}${encoding ? `-${encoding}` : ""}"`;
  const headers: Record<string, string> = {
    ...securityHeaders,
    "Content-Type": file.type,
    "Content-Security-Policy": filePolicy,
    "Cache-Control": cacheControl[file.keep],
    ETag: etag,
    ...(file.encodings.length > 0 && { Vary: "Accept-Encoding" }),
  };
  if (matches(request.headers.get("If-None-Match"), file.hash))
    return new Response(null, { status: 304, headers });
  if (encoding) headers["Content-Encoding"] = encoding;
  return respond(request, { body: Bun.file(path + endings[encoding ?? "identity"]), headers });
}

const cacheControl: Readonly<Record<UiFile["keep"], string>> = {
  forever: "public, max-age=31536000, immutable",
  day: "public, max-age=86400",
  ask: "no-cache",
};

const endings = { br: ".br", gzip: ".gz", identity: "" } as const;

type Encoding = UiFile["encodings"][number];

/** The first of `offered` (best first) that the client takes with a weight above 0; see RFC 9110, 12.5.3. */
function chooseEncoding(accepted: string | null, offered: readonly Encoding[]): Encoding | undefined {
  const weights = new Map(
    (accepted ?? "").split(",").map((part) => {
      const [name = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight)] as const;
    }),
  );
  return offered.find((encoding) => (weights.get(encoding) ?? weights.get("*") ?? 0) > 0);
}

/** Any encoding of the same content is the same to a browser that asks whether it changed. */
function matches(header: string | null, hash: string): boolean {
  if (header === null) return false;
  return header
    .split(",")
    .some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "").startsWith(`"${hash}`));
}

interface Content {
  readonly body: string | Blob;
  readonly headers: Readonly<Record<string, string>>;
}

function respond(request: Request, { body, headers }: Content): Response {
  if (request.method !== "HEAD") return new Response(body, { headers });
  const length = typeof body === "string" ? Buffer.byteLength(body) : body.size;
  return new Response(null, { headers: { ...headers, "Content-Length": String(length) } });
}

/** The executable carries the folder under its last name, beside the bundled code. */
function builtFolder(): string {
  return Bun.isStandaloneExecutable ? join(import.meta.dir, "ui") : join(import.meta.dir, "../../dist/ui");
}
