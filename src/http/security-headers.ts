/** On every answer, whatever it is. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  // Voice notes need the microphone; nothing needs the rest.
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
};

/** For an answer that is no page of ours: whatever a browser makes of it, nothing in it runs or loads. */
export const inertPolicy =
  "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/** For the UI's files: a worker lives by the policy of its own script, and an SVG may be opened by itself. */
export const filePolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

/**
 * The `Content-Security-Policy` of the agent UI. Scripts come from our own files only; style elements need the nonce
 * of the answer. `host` (with port) is where the page comes from: `'self'` does not cover sockets in every browser.
 */
export function pagePolicy({
  nonce,
  host,
  frameAncestors = [],
}: {
  readonly nonce: string;
  readonly host: string;
  /** Origins that may show the page in a frame; browsers then pay no heed to `X-Frame-Options`. */
  readonly frameAncestors?: readonly string[];
}): string {
  // Some characters of a policy are legal in a host name of an address, though no real one has them.
  const sockets = /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : "";
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    `connect-src 'self'${sockets}`,
    `frame-ancestors ${frameAncestors.length > 0 ? frameAncestors.join(" ") : "'none'"}`,
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'self'",
  ].join("; ");
}
