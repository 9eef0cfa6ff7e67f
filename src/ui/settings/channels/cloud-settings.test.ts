import { describe, expect, test } from "bun:test";

import { type CloudDraft, problemsOf, settingsOf } from "./cloud-settings.ts";

const good: CloudDraft = {
  name: "Loja",
  phoneNumberId: "106540352242922",
  wabaId: "102290129340398",
  accessToken: "EAAGm0PX4ZCpsBA".repeat(4),
  appSecret: "0123456789abcdef0123456789abcdef",
  verifyToken: "k7m2",
  apiVersion: "v24.0",
};
const fresh = { kept: false };

describe("the form that connects a WhatsApp number", () => {
  test("finds nothing wrong with what was copied well, spaces around it too", () => {
    expect(problemsOf(good, fresh).size).toBe(0);
    expect(problemsOf({ ...good, phoneNumberId: ` ${good.phoneNumberId}\n` }, fresh).size).toBe(0);
  });

  test.each(["+55 11 98765-4321", "5511987654321", "(11) 98765-4321"])(
    "names the slip of giving the phone number %s instead of its id",
    (phoneNumberId) => {
      expect(problemsOf({ ...good, phoneNumberId }, fresh)).toEqual(new Map([["phoneNumberId", "isPhone"]]));
    },
  );

  test("asks again for secrets that were cut short or hold a space", () => {
    const draft = { ...good, appSecret: "0123456789abcdef", accessToken: "EAAG m0PX4ZCpsBA0123456789" };
    expect(Object.fromEntries(problemsOf(draft, fresh))).toEqual({
      appSecret: "wrong",
      accessToken: "wrong",
    });
  });

  test("wants every secret for a new number, and none that is kept for one that is there", () => {
    const draft = { ...good, accessToken: "", appSecret: " ", verifyToken: "" };
    expect([...problemsOf(draft, fresh).keys()]).toEqual(["accessToken", "appSecret", "verifyToken"]);
    expect(problemsOf(draft, { kept: true }).size).toBe(0);
  });

  test("sends what was given under the server's names, trimmed, and nothing that was left empty", () => {
    expect(settingsOf({ ...good, wabaId: "", appSecret: "", accessToken: ` ${good.accessToken} ` })).toEqual({
      phone_number_id: good.phoneNumberId,
      access_token: good.accessToken,
      verify_token: good.verifyToken,
      api_version: good.apiVersion,
    });
  });
});
