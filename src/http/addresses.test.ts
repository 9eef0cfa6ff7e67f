import { expect, test } from "bun:test";

import { createOriginator } from "./addresses.ts";

const originate = createOriginator(["10.0.0.0/8", "127.0.0.1", "2001:db8::/32"]);

function from(peer: string | undefined, headers: Record<string, string> = {}) {
  return originate(new Request("http://balcao.test/", { headers }), peer);
}

test.each([
  ["a stranger's own word is not believed", "203.0.113.7", "1.2.3.4", "203.0.113.7"],
  ["a trusted proxy names the client", "10.0.0.1", "203.0.113.7", "203.0.113.7"],
  [
    "what stood there before the proxy added to it is not believed",
    "10.0.0.1",
    "1.2.3.4, 203.0.113.7",
    "203.0.113.7",
  ],
  ["a chain of trusted proxies is followed", "10.0.0.1", "203.0.113.7, 10.9.9.9, 127.0.0.1", "203.0.113.7"],
  ["nonsense ends the chain", "10.0.0.1", "203.0.113.7, unknown", "10.0.0.1"],
  ["IPv4 in IPv6's clothes is IPv4", "::ffff:10.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"],
  ["a port is no part of the address", "10.0.0.1", "203.0.113.7:4711", "203.0.113.7"],
  ["nor of one of IPv6", "2001:db8::1", "[2001:db9::7]:4711", "2001:db9::7"],
  ["nothing forwarded leaves the proxy itself", "10.0.0.1", "", "10.0.0.1"],
])("%s", (...[, peer, forwarded, ip]) => {
  expect(from(peer, { "X-Forwarded-For": forwarded }).ip).toBe(ip);
});

test("without a known peer nothing is believed", () => {
  expect(from(undefined, { "X-Forwarded-For": "127.0.0.1" }).ip).toBe("");
});

test("https is believed of a trusted proxy only", () => {
  expect(from("10.0.0.1", { "X-Forwarded-Proto": "https" }).secure).toBe(true);
  expect(from("203.0.113.7", { "X-Forwarded-Proto": "https" }).secure).toBe(false);
  expect(from("10.0.0.1", { "X-Forwarded-Proto": "https, http" }).secure).toBe(false);
});
