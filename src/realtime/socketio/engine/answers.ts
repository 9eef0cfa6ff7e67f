/** The HTTP answers of an Engine.IO server, with what a browser of an allowed origin needs. */

/** Codes and texts of the protocol's document; clients show them. */
const refusals = {
  unknownTransport: { code: 0, message: "Transport unknown", status: 400 },
  unknownSession: { code: 1, message: "Session ID unknown", status: 400 },
  badMethod: { code: 2, message: "Bad handshake method", status: 400 },
  badRequest: { code: 3, message: "Bad request", status: 400 },
  forbidden: { code: 4, message: "Forbidden", status: 403 },
  unsupportedProtocol: { code: 5, message: "Unsupported protocol version", status: 400 },
  tooLarge: { code: 3, message: "Payload too large", status: 413 },
  tooMany: { code: 3, message: "Too many connections", status: 429 },
  restarting: { code: 3, message: "Restarting", status: 503 },
} as const;

export type RefusalName = keyof typeof refusals;

/** Answers one request. */
export class Answers {
  readonly #headers: Record<string, string> = { "Cache-Control": "no-store" };

  /** `origin` is one that may read the answer, null where none asked. */
  constructor(
    private readonly request: Request,
    origin: string | null,
  ) {
    if (origin !== null) {
      this.#headers["Access-Control-Allow-Origin"] = origin;
      this.#headers["Access-Control-Allow-Credentials"] = "true";
      this.#headers["Vary"] = "Origin";
    }
    // Bun closes when asked to, but does not say so; clients of Node then write to a dead socket.
    if (request.headers.get("connection")?.toLowerCase() === "close") this.#headers["Connection"] = "close";
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  text(body: string): Response {
    return new Response(body, {
      headers: { ...this.#headers, "Content-Type": "text/plain; charset=UTF-8" },
    });
  }

  preflight(): Response {
    const asked = this.request.headers.get("access-control-request-headers");
    return new Response(null, {
      status: 204,
      headers: {
        ...this.#headers,
        "Access-Control-Allow-Methods": "GET, POST",
        ...(asked === null ? {} : { "Access-Control-Allow-Headers": asked }),
        "Access-Control-Max-Age": "600",
      },
    });
  }

  refuse(name: RefusalName): Response {
    const { code, message, status } = refusals[name];
    return Response.json({ code, message }, { status, headers: this.#headers });
  }
}
