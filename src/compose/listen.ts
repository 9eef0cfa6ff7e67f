import type { Config } from "../config.ts";
import { type ErrorCode, errors, Refusal } from "../contract/errors.ts";
import type { Router } from "../domain/routing.ts";
import { errorBody } from "../http/errors.ts";
import { securityHeaders } from "../http/security-headers.ts";
import type { Logger } from "../lib/logger.ts";
import type { Realtime } from "../realtime/realtime.ts";
import { type SocketData, websocket } from "../realtime/socket.ts";

/** Seconds without a byte after which Bun drops a request; long polls wait for 25 s. */
const IDLE_SECONDS = 60;
/** The largest body of any route: an attachment. The routes have limits of their own. */
const LARGEST_BODY_BYTES = 101 * 1024 * 1024;
/** How long a stop waits for requests under way. */
const STOP_WITHIN_MS = 5_000;

export interface Listening {
  /** `http://HOST:PORT`, with the port that it really has. */
  readonly url: string;
  /** Lets requests under way finish, for a while; then cuts them. */
  stop(): Promise<void>;
}

/** Listens for requests and sockets. Throws when that can't be, as on a taken port. */
export function listen(
  { host, port }: Pick<Config, "host" | "port">,
  { app, realtime, log }: { readonly app: Router; readonly realtime: Realtime; readonly log: Logger },
): Listening {
  const server = Bun.serve<SocketData>({
    port,
    hostname: host,
    idleTimeout: IDLE_SECONDS,
    maxRequestBodySize: LARGEST_BODY_BYTES,
    websocket,
    // Else Bun answers a fault of ours with a page that shows its stack.
    development: false,
    error(fault) {
      log.error("a request failed before it had a route", { error: fault });
      return bareRefusal("internal");
    },
    fetch(request, self) {
      // A Host that is none makes an address that nothing can read.
      if (!URL.canParse(request.url)) return bareRefusal("invalid_request");
      const answer = realtime.handle(request, self);
      if (answer !== null) return answer;
      return app.fetch(request, { peer: self.requestIP(request)?.address });
    },
  });
  realtime.attach(server);
  const name = server.hostname?.includes(":") ? `[${server.hostname}]` : server.hostname;
  return {
    url: `http://${name}:${server.port}`,
    async stop() {
      // Bun's own stop waits for sockets for ever.
      const deadline = new Promise<void>((resolve) => setTimeout(resolve, STOP_WITHIN_MS));
      await Promise.race([server.stop(), deadline]);
      await server.stop(true);
    },
  };
}

/** For what fails outside of the app, where nothing is known of the caller's language. */
function bareRefusal(code: ErrorCode): Response {
  const { status } = errors[code];
  return Response.json(errorBody(new Refusal(code), "en"), { status, headers: securityHeaders });
}
