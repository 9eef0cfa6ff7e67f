import { describe, expect, test } from "bun:test";

import { dialAddress, isPublicAddress, RefusedAddress } from "./outgoing-address.ts";
import { outgoingGet } from "./outgoing-fetch.ts";

/** Ways to write an address that no outgoing request may reach, as a customer's message or a provider could give it. */
const forms = [
  ...[
    "127.0.0.1",
    "127.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "017700000001",
    "0177.0.0.1",
  ],
  ...["0", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "0xa000001", "100.64.0.1", "100.127.255.254"],
  ...["169.254.169.254", "169.254.1", "0xa9fea9fe", "2852039166", "172.16.0.1", "172.31.255.255", "172.16.1"],
  ...["192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.257", "0xc0a80001", "198.18.0.1"],
  ...[
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
  ],
  ...["[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]"],
  ...[
    "[::ffff:169.254.169.254]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::1]",
  ],
  ...[
    "[100::1]",
    "[2001::1]",
    "[2001:db8::1]",
    "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::]",
    "[3fff::1]",
    "[fc00::1]",
  ],
  ...["[fd12:3456:789a::1]", "[fe80::1]", "[febf::1]", "[fec0::1]", "[ff02::1]", "[5f00::1]", "[4000::1]"],
  ...["①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "%31%32%37.0.0.1"],
] as const;
const others = [
  ...[
    "file:///etc/passwd",
    "ftp://8.8.8.8/",
    "gopher://8.8.8.8/",
    "data:text/plain,x",
    "javascript:1",
    "unix:/run/x",
  ],
  ...[
    "http://user@8.8.8.8/",
    "http://user:pw@8.8.8.8/",
    "http://127.0.0.1@8.8.8.8/",
    "blob:http://8.8.8.8/x",
  ],
];

async function refusal(address: string): Promise<unknown> {
  try {
    return await dialAddress(new URL(address), () => Promise.reject(new Error("looked up")));
  } catch (error) {
    return error;
  }
}

describe("an outgoing address", () => {
  test(`is refused in every way to write a private one (${forms.length + others.length} forms)`, async () => {
    for (const host of forms)
      expect([host, await refusal(`http://${host}/`)]).toEqual([host, expect.any(RefusedAddress)]);
    for (const address of others)
      expect([address, await refusal(address)]).toEqual([address, expect.any(RefusedAddress)]);
    expect(forms.length + others.length).toBeGreaterThanOrEqual(70);
  });

  test("is dialled where it is public", async () => {
    expect(await refusal("https://8.8.8.8/x")).toEqual({ address: "8.8.8.8", family: 4 });
    expect(await refusal("https://[2606:4700::1111]/x")).toEqual({ address: "2606:4700::1111", family: 6 });
    expect(isPublicAddress("not an address")).toBe(false);
  });

  test("of a name is refused when any of its answers is private, as rebinding looks", async () => {
    const answers =
      (...addresses: string[]) =>
      async () =>
        addresses.map((address) => ({ address, family: 4 }));
    const name = new URL("https://files.example/");
    expect(await dialAddress(name, answers("93.184.216.34"))).toEqual({
      address: "93.184.216.34",
      family: 4,
    });
    await expect(dialAddress(name, answers("93.184.216.34", "10.0.0.1"))).rejects.toThrow(RefusedAddress);
    await expect(dialAddress(name, answers())).rejects.toThrow(RefusedAddress);
    await expect(dialAddress(new URL("http://localhost/"))).rejects.toThrow(RefusedAddress);
  });
});

describe("a request to a given address", () => {
  const request = { headers: { authorization: "Bearer secret" }, signal: AbortSignal.timeout(5_000) };

  /** A server whose answers the test decides; tells what it was asked. */
  function server(answer: (request: Request) => Response) {
    const seen: { readonly path: string; readonly authorization: string | null }[] = [];
    const listening = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch(asked) {
        seen.push({ path: new URL(asked.url).pathname, authorization: asked.headers.get("authorization") });
        return answer(asked);
      },
    });
    return { origin: listening.url.origin, seen, stop: () => listening.stop(true) };
  }

  test("never reaches a private server, not by redirect from a trusted one either", async () => {
    const inside = server(() => new Response("metadata"));
    const outside = server(() => Response.redirect(`${inside.origin}/latest/meta-data`));
    const options = { allowPrivate: false, trustedOrigin: outside.origin };
    await expect(outgoingGet(`${inside.origin}/`, request, options)).rejects.toThrow(RefusedAddress);
    await expect(outgoingGet(`${outside.origin}/`, request, options)).rejects.toThrow(RefusedAddress);
    await expect(outgoingGet("http://[::1]:1/", request, options)).rejects.toThrow(RefusedAddress);
    await outgoingGet(`${outside.origin}/`, request, options).catch(() => undefined);
    expect(inside.seen).toEqual([]);
    await Promise.all([inside.stop(), outside.stop()]);
  });

  test("follows redirects where private addresses are allowed, without the token to another origin", async () => {
    const second = server(() => new Response("file"));
    const first = server((asked) =>
      new URL(asked.url).pathname === "/a"
        ? Response.redirect("/b")
        : Response.redirect(`${second.origin}/c`),
    );
    const response = await outgoingGet(`${first.origin}/a`, request, { allowPrivate: true });
    expect(await response.text()).toBe("file");
    expect(first.seen).toEqual([
      { path: "/a", authorization: "Bearer secret" },
      { path: "/b", authorization: "Bearer secret" },
    ]);
    expect(second.seen).toEqual([{ path: "/c", authorization: null }]);
    await Promise.all([first.stop(), second.stop()]);
  });

  test("ends when it is sent around in a circle", async () => {
    const circle = server(() => Response.redirect("/again"));
    await expect(outgoingGet(`${circle.origin}/`, request, { allowPrivate: true })).rejects.toThrow(
      "too many redirects",
    );
    await outgoingGet(`${circle.origin}/`, request, { allowPrivate: true }).catch(() => undefined);
    await circle.stop();
  });
});
