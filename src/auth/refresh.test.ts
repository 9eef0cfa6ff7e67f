import { afterEach, beforeEach, expect, test } from "bun:test";

import { seedCompany } from "../../tests/support/company.ts";
import { type TestContext, testContext } from "../../tests/support/database.ts";
import { Refusal } from "../contract/errors.ts";
import { newId } from "../lib/ids.ts";
import { callerFromToken } from "./authenticate.ts";
import { refreshToken } from "./refresh-token.ts";
import { refresh } from "./refresh.ts";
import { idleSessionMs, openSession, type SignIn } from "./sessions.ts";
import { readAccount } from "./store.ts";

let context: TestContext;
let signIn: SignIn;

beforeEach(async () => {
  context = await testContext();
  const { agent } = await seedCompany(context);
  const account = await context.sql.read((tx) => readAccount(tx, agent.companyId, agent.userId));
  if (!account) throw new Error("no account");
  signIn = await openSession(context, account, { refresh: true, userAgent: "test", ip: "127.0.0.1" });
});
afterEach(() => context.dispose());

/** The successor of a token, or the code of the refusal. */
async function rotate(token: string | null): Promise<string> {
  try {
    const next = await refresh(context, { token: token ?? "", cookie: signIn.cookie });
    return next.refreshToken ?? "none";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

async function isSignedIn(): Promise<boolean> {
  try {
    await callerFromToken(context, signIn.accessToken, "api");
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

test("each refresh gives a token that works once more, and a fresh access token", async () => {
  let token = signIn.refreshToken ?? "";
  for (let day = 0; day < 40; day += 1) {
    context.clock.advance(24 * 60 * 60 * 1000);
    const next = await refresh(context, { token, cookie: signIn.cookie });
    expect((await callerFromToken(context, next.accessToken, "api")).caller.userId).toBe(signIn.userId);
    expect(next.refreshToken).not.toBe(token);
    token = next.refreshToken ?? "";
  }
});

test("50 tabs that refresh at once all get the same successor, and nobody is signed out", async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => rotate(signIn.refreshToken)));
  expect(new Set(answers).size).toBe(1);
  expect(await isSignedIn()).toBe(true);
});

test("a lost answer is asked for again, however late, as long as nobody used it", async () => {
  const lost = await rotate(signIn.refreshToken);
  context.clock.advance(20 * 24 * 60 * 60 * 1000);
  expect(await rotate(signIn.refreshToken)).toBe(lost);
});

test("a token is good for ten seconds after its successor was first used, then its use ends the family", async () => {
  const revoked: unknown[] = [];
  context.revocations.onRevoked((revocation) => revoked.push(revocation));
  const second = await rotate(signIn.refreshToken);
  const third = await rotate(second);
  context.clock.advance(10_000);
  expect(await rotate(signIn.refreshToken)).toBe(second);
  expect(revoked).toEqual([]);

  context.clock.advance(1);
  expect(await rotate(signIn.refreshToken)).toBe("token_invalid");
  expect(revoked).toEqual([{ kind: "sessions", sessionIds: [signIn.sessionId] }]);
  expect(await rotate(third)).toBe("token_invalid");
  expect(await isSignedIn()).toBe(false);
});

test("tabs that are several generations apart within ten seconds stay signed in", async () => {
  const generations = [signIn.refreshToken];
  for (let n = 0; n < 6; n += 1) {
    context.clock.advance(1_000);
    generations.push(await rotate(generations.at(-1) ?? null));
  }
  const [first, second] = generations;
  expect(await rotate(first ?? null)).toBe(second ?? "");
});

test("a token from long ago ends the family even after many refreshes", async () => {
  let token = signIn.refreshToken;
  for (let n = 0; n < 5; n += 1) {
    context.clock.advance(15 * 60 * 1000);
    token = await rotate(token);
  }
  expect(await rotate(signIn.refreshToken)).toBe("token_invalid");
  expect(await rotate(token)).toBe("token_invalid");
});

test("a session that nobody uses for 30 days is over", async () => {
  context.clock.advance(idleSessionMs);
  expect(await rotate(signIn.refreshToken)).toBe("token_invalid");
});

test("a token that this server did not sign, or never issued, changes nothing", async () => {
  const [id = "", , signature = ""] = (signIn.refreshToken ?? "").split(".");
  const forged = [
    "",
    "..",
    `${id}.1.${signature}`,
    `${id}.0.${"A".repeat(43)}`,
    `${id}.-1.${signature}`,
    `${id}.0x0.${signature}`,
    `${id}.0.${signature}.`,
    `${newId()}.0.${signature}`,
    refreshToken(context.key, signIn.sessionId, 7),
    refreshToken(context.key, newId(), 0),
    signIn.accessToken,
    "a".repeat(100_000),
  ];
  for (const token of forged) expect(await rotate(token)).toBe("token_invalid");
  expect(await isSignedIn()).toBe(true);
});

test("the session cookie stays the same, and one that got lost is made again", async () => {
  const kept = await refresh(context, { token: signIn.refreshToken ?? "", cookie: signIn.cookie });
  expect(kept.cookie).toBe(signIn.cookie);
  const token = kept.refreshToken ?? "";
  expect((await refresh(context, { token, cookie: undefined })).cookie).not.toBe(signIn.cookie);
});
