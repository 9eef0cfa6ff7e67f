import { join } from "node:path";

import { openUiFiles, serveUi, type UiFiles } from "../../http/static.ts";

/** The built page of the phone, and the product's own files for the fonts. */
export interface PageFiles {
  readonly phone: UiFiles;
  readonly product: UiFiles;
}

/** Throws when they were not built. */
export async function openPageFiles(): Promise<PageFiles> {
  const [phone, product] = await Promise.all([openUiFiles(builtFolder()), openUiFiles()]);
  return { phone, product };
}

/** Answers the page and what it loads; undefined for anything else. `inbox`: the origin that it shows in a frame. */
export function servePage(files: PageFiles, request: Request, inbox: string): Response | undefined {
  const { pathname, host } = new URL(request.url);
  if (pathname.startsWith("/fonts/")) return serveUi(files.product, request);
  // The product's UI has a page at any path; this one is at its root only.
  if (pathname !== "/" && !files.phone.files.has(pathname)) return undefined;
  const response = serveUi(files.phone, request);
  if (response?.headers.get("Content-Type")?.startsWith("text/html") === true) {
    response.headers.set("Content-Security-Policy", policy(host, inbox));
  }
  return response;
}

function policy(host: string, inbox: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    `connect-src 'self' ws://${host}`,
    `frame-src ${inbox}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** As the product's own UI: beside the bundled code in the executable, else where the build leaves it. */
function builtFolder(): string {
  return Bun.isStandaloneExecutable
    ? join(import.meta.dir, "demo")
    : join(import.meta.dir, "../../../dist/demo");
}
