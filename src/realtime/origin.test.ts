import { describe, expect, test } from "bun:test";

import { judgeOrigin } from "./origin.ts";

const production = { publicOrigin: "https://chat.example.com", allowed: ["https://crm.example.com"] };
const request = { host: "chat.example.com", listening: "127.0.0.1:3000", secure: true };

describe("behind a public address", () => {
  test.each([
    ["https://chat.example.com", "exact"],
    ["https://crm.example.com", "exact"],
    ["http://chat.example.com", "allowed"],
    ["http://127.0.0.1:3000", "allowed"],
  ] as const)("%s is %s", (origin, verdict) => {
    expect(judgeOrigin(origin, request, production)).toBe(verdict);
  });

  test.each([
    "null",
    "",
    "https://evil.example",
    "https://chat.example.com.evil.example",
    "https://evilchat.example.com",
    "https://chat.example.com:8443",
    "https://chat.example.com@evil.example",
    "https://chat.example.com/path",
    "https://sub.chat.example.com",
    "file://",
    "chat.example.com",
    "https://chat.example.com\u0000.evil.example",
  ])("%j is foreign", (origin) => {
    expect(judgeOrigin(origin, request, production)).toBe("foreign");
  });

  test("a forged Host header makes nothing our own", () => {
    const forged = { ...request, host: "evil.example" };
    expect(judgeOrigin("https://evil.example", forged, production)).toBe("foreign");
  });
});

describe("without a public address", () => {
  const rules = { publicOrigin: null, allowed: [] };
  const plain = { host: "192.0.2.7:3000", listening: "0.0.0.0:3000", secure: false };

  test("the address in the browser's bar is our own", () => {
    expect(judgeOrigin("http://192.0.2.7:3000", plain, rules)).toBe("exact");
  });

  test("no Origin at all is no browser", () => {
    expect(judgeOrigin(null, plain, rules)).toBe("absent");
  });

  test("another port of the same machine is foreign", () => {
    expect(judgeOrigin("http://192.0.2.7:4000", plain, rules)).toBe("foreign");
  });
});
