import { bearerToken } from "../../../auth/bearer.ts";
import { readCookie, sessionCookie } from "../../../auth/cookies.ts";
import { encodeFrame } from "../../raw/frame.ts";
import { startFromQuery } from "../../raw/handshake.ts";
import type { RawDialect } from "../../raw/raw-dialect.ts";
import { decode } from "./decode.ts";
import { events, happenings } from "./encode.ts";

/**
 * SysZap's plain WebSocket at `/ws` (realtime.md, "Dialect `syszap`"). Its proof stands in the session cookie (with an
 * exact Origin), the query, a header, or the first message; the first that is there counts.
 */
export const syszap: RawDialect = {
  path: "/ws",
  form: "json",
  decode,
  dialect: {
    name: "syszap",
    forms: ["json"],
    showsPresence: false,
    roomReplay: "view",
    events,
    happenings,
    frame: (_form, { name, payload }, sequence) => encodeFrame(name, payload, sequence),
  },
  handshake(request, exactOrigin) {
    const query = new URL(request.url).searchParams;
    const header = request.headers.get("cookie") ?? "";
    const cookie = exactOrigin && readCookie(header, sessionCookie) !== undefined ? header : null;
    const token = query.get("token") ?? bearerToken(request.headers.get("authorization"));
    return {
      cookie,
      token: cookie === null ? token : null,
      claims: { userId: query.get("userId"), companyId: query.get("companyId") },
      start: startFromQuery(query),
    };
  },
};
