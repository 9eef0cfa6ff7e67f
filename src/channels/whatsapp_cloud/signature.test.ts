import { describe, expect, test } from "bun:test";

import { signBody } from "../../demo/graph/signature.ts";
import { isSigned } from "./signature.ts";
import { verifyChallenge } from "./verify.ts";

const body = '{"object":"whatsapp_business_account","entry":[]}';
const raw = new TextEncoder().encode(body);
const secret = "app-secret";

describe("a webhook's signature", () => {
  test("is Meta's over the very bytes that came", () => {
    expect(isSigned(raw, signBody(body, secret), secret)).toBe(true);
  });

  test("is wrong with a flipped bit, another secret, or re-serialised JSON", () => {
    const flipped = raw.with(3, (raw[3] ?? 0) ^ 1);
    expect(isSigned(flipped, signBody(body, secret), secret)).toBe(false);
    expect(isSigned(raw, signBody(body, "another"), secret)).toBe(false);
    const spaced = new TextEncoder().encode(JSON.stringify(JSON.parse(body), null, 1));
    expect(isSigned(spaced, signBody(body, secret), secret)).toBe(false);
  });

  test("is wrong where it is missing, cut, decorated or of another algorithm", () => {
    const good = signBody(body, secret);
    for (const header of [
      null,
      undefined,
      "",
      "sha256=",
      good.slice(0, -1),
      `${good}0`,
      good.replace("256", "1"),
      ` ${good}`,
    ]) {
      expect(isSigned(raw, header, secret)).toBe(false);
    }
  });

  test("can't be made for a channel without a secret", () => {
    expect(isSigned(raw, signBody(body, ""), "")).toBe(false);
  });
});

describe("Meta's question before it sends webhooks", () => {
  const query = (fields: Record<string, string>) => new URLSearchParams(fields);
  const right = { "hub.mode": "subscribe", "hub.verify_token": "tok", "hub.challenge": "1158201444" };

  test("is answered with the challenge", () => {
    expect(verifyChallenge(query(right), "tok")).toBe("1158201444");
  });

  test("is not answered with a wrong mode or token, nor without a token of ours", () => {
    expect(verifyChallenge(query({ ...right, "hub.mode": "unsubscribe" }), "tok")).toBeNull();
    expect(verifyChallenge(query({ ...right, "hub.verify_token": "to" }), "tok")).toBeNull();
    expect(verifyChallenge(query({ ...right, "hub.verify_token": "" }), "")).toBeNull();
    expect(verifyChallenge(query({}), "tok")).toBeNull();
  });
});
