import { expect, test } from "bun:test";

import { decode } from "./decode.ts";
import { syszap } from "./dialect.ts";

test.each([
  [{ type: "ping", data: {} }, { kind: "ping" }],
  [{ type: "ping" }, { kind: "ping" }],
  [
    { type: "auth", data: { token: "t" } },
    {
      kind: "auth",
      token: "t",
      userId: null,
      start: { since: undefined, epoch: undefined, rooms: undefined },
    },
  ],
])("%j is understood", (frame, command) => {
  expect<unknown>(decode(frame)).toEqual(command);
});

test.each([
  [undefined, "malformed_json"],
  [[], "malformed_json"],
  [{ type: 1 }, "malformed_json"],
  [{ type: "subscribe", data: { conversation_id: "a" } }, "unknown_type"],
  [{ type: "auth", token: "at the top level" }, "invalid_request"],
])("%j is a mistake", (frame, code) => {
  expect<unknown>(decode(frame)).toEqual({ kind: "mistake", code, message: expect.any(String) });
});

const address = "http://localhost/ws?companyId=c&userId=u";
const cookie = "theme=dark; balcao_session=abc";

function handshake(query: string, headers: Readonly<Record<string, string>>, exactOrigin = true) {
  return syszap.handshake(new Request(address + query, { headers: { ...headers } }), exactOrigin);
}

test("whom the address names is claimed, to be compared with who it is", () => {
  expect(handshake("", {}).claims).toEqual({ companyId: "c", userId: "u" });
});

test("the session cookie counts before a token, and only with an exact origin", () => {
  expect(handshake("&token=t", { cookie })).toMatchObject({ cookie, token: null });
  expect(handshake("&token=t", { cookie }, false)).toMatchObject({ cookie: null, token: "t" });
  expect(handshake("", { cookie }, false)).toMatchObject({ cookie: null, token: null });
});

test("another cookie is none", () => {
  const lookalike = "not_balcao_session=abc; xbalcao_session=abc";
  expect(handshake("", { cookie: lookalike })).toMatchObject({ cookie: null });
});

test("the token of the query counts before the one of the header", () => {
  const authorization = "Bearer header";
  expect(handshake("&token=query", { authorization }).token).toBe("query");
  expect(handshake("", { authorization }).token).toBe("header");
  expect(handshake("", { authorization: "Basic abc" }).token).toBeNull();
});

test("where the client stopped stands in the query; what is no number counts as nothing", () => {
  expect(handshake("&since=12&epoch=e&rooms=a,b", {}).start as unknown).toEqual({
    since: 12,
    epoch: "e",
    rooms: ["a", "b"],
  });
  expect(handshake("&since=-1", {}).start.since).toBeUndefined();
});
