import { expect, test } from "bun:test";

import { isLoopback, reachOf } from "./reach.ts";

test.each([
  "http://127.0.0.1:3000/webhooks/whatsapp/1",
  "http://localhost:3000",
  "https://localhost",
  "https://balcao",
  "http://192.168.0.10:3000",
  "https://10.1.2.3",
  "https://172.16.0.1",
  "https://169.254.1.1",
  "http://[::1]:3000",
  "https://[fd12:3456::1]",
  "https://caixa.local",
])("the shop owner is warned that Meta can't find %s", (address) => {
  expect(reachOf(address)).toBe("private");
});

test("an address on the internet without https is refused by Meta, and the shop owner is told so", () => {
  expect(reachOf("http://loja.example.com/webhooks/whatsapp/1")).toBe("insecure");
  expect(reachOf("http://172.32.0.1")).toBe("insecure");
});

test("an https address on the internet gets no warning", () => {
  expect(reachOf("https://loja.example.com/webhooks/whatsapp/1")).toBe("public");
  expect(reachOf("https://203.0.113.7")).toBe("public");
});

test("a link to this computer is no use to a colleague, one into the shop's network is", () => {
  for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"]) {
    expect(isLoopback(`http://${host}/invite?token=x`)).toBe(true);
  }
  for (const host of ["192.168.0.10:3000", "loja.example.com", "127.0.0.1.example.com"]) {
    expect(isLoopback(`http://${host}/invite?token=x`)).toBe(false);
  }
});
