import { bearerToken } from "../../../auth/bearer.ts";
import { startFromQuery } from "../../raw/handshake.ts";
import type { RawDialect } from "../../raw/raw-dialect.ts";
import { decode } from "./decode.ts";
import { conversations } from "./dialect.ts";

/** `/api/v1/conversations/ws`: an `Authorization` header, or `auth` as the first message; never a cookie. */
export const conversationsEndpoint: RawDialect = {
  dialect: conversations,
  path: "/api/v1/conversations/ws",
  form: "json",
  decode,
  handshake: (request) => ({
    token: bearerToken(request.headers.get("authorization")),
    cookie: null,
    claims: { userId: null, companyId: null },
    start: startFromQuery(new URL(request.url).searchParams),
  }),
};
