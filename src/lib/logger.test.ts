import { describe, expect, test } from "bun:test";

import { manualClock } from "./clock.ts";
import { createLogger, type Logger, type LoggerOptions } from "./logger.ts";

function recorded(options: LoggerOptions = {}): { logger: Logger; lines: string[]; last: () => unknown } {
  const lines: string[] = [];
  const clock = manualClock(Date.UTC(2026, 10, 21, 14, 3));
  const logger = createLogger({ format: "json", clock, write: (line) => lines.push(line), ...options });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? "null") };
}

test("a line is one JSON object with its time, level, message and fields", () => {
  const { logger, lines } = recorded();
  logger.info("message received", { conversation_id: "c1", count: 2 });
  expect(lines).toEqual([
    '{"time":"2026-11-21T14:03:00.000Z","level":"info","message":"message received","conversation_id":"c1","count":2}',
  ]);
});

test("lines below the level are dropped", () => {
  const { logger, lines } = recorded({ level: "warn" });
  logger.debug("a");
  logger.info("b");
  logger.warn("c");
  logger.error("d");
  expect(lines).toHaveLength(2);
});

test("a child adds its fields to every line, also to its own children's", () => {
  const { logger, last } = recorded();
  logger.child({ request_id: "r1" }).child({ user_id: "u1" }).warn("slow", { ms: 900 });
  expect(last()).toMatchObject({ request_id: "r1", user_id: "u1", ms: 900 });
});

test("a field can't replace the line's own level or message", () => {
  const { logger, last } = recorded();
  logger.info("truth", { level: "debug", message: "lie", time: 0 });
  expect(last()).toMatchObject({ level: "info", message: "truth", message_: "lie" });
});

test("an error is written with its name, message, stack and cause", () => {
  const { logger, last } = recorded();
  logger.error("request failed", {
    error: new TypeError("no such thing", { cause: new Error("disk full") }),
  });
  expect(last()).toMatchObject({
    error: {
      name: "TypeError",
      message: "no such thing",
      stack: expect.any(String),
      cause: { message: "disk full" },
    },
  });
});

describe("no secret reaches a log", () => {
  const canary = "kanarienvogel-7731";
  const secrets: readonly (readonly [sentence: string, fields: Record<string, unknown>])[] = [
    ["a token", { token: canary }],
    ["an access token inside a body", { body: { access_token: canary } }],
    ["a verify token", { settings: [{ verify_token: canary }] }],
    ["a password, also a new one", { password: canary, new_password: canary, senha: canary }],
    [
      "headers, whatever their case",
      { headers: { Authorization: canary, "Set-Cookie": canary, "X-Api-Key": canary } },
    ],
    ["an app secret", { appSecret: canary, app_secret: canary }],
    ["a header in a map", { headers: new Map([["cookie", canary]]) }],
    ["a token in the address of a socket", { url: `/ws?token=${canary}&v=1` }],
    ["a token in a URL", { url: new URL(`https://desk.example/a?access_token=${canary}`) }],
    ["where a client resumes", { url: `/ws?v=1&since=${canary}` }],
    ["a bearer string in a text", { note: `sent Authorization: Bearer ${canary}` }],
    ["a JWT in a text", { note: `got eyJhbGciOiJIUzI1NiJ9.${canary}.${canary}` }],
    ["an API key in a text", { note: `key bk_${canary}` }],
    [
      "the message of an error",
      { error: new Error(`GET https://graph.example/?access_token=${canary} failed`) },
    ],
  ];
  for (const format of ["json", "text"] as const) {
    for (const [sentence, fields] of secrets) {
      test(`${sentence} (${format})`, () => {
        const { logger, lines } = recorded({ format });
        logger.info("seen", fields);
        expect(lines.join()).not.toContain(canary);
        expect(lines.join()).toContain("[redacted]");
      });
    }
  }

  test("the message itself is looked through as well", () => {
    const { logger, lines } = recorded();
    logger.info(`GET /ws?token=${canary}`);
    expect(lines.join()).not.toContain(canary);
  });

  test("what only sounds like a secret is shown", () => {
    const { logger, last } = recorded();
    logger.info("answered", { status_code: 200, code: "not_found", has_password: true });
    expect(last()).toMatchObject({ status_code: 200, code: "not_found", has_password: true });
  });
});

describe("nothing that is logged can stop the work", () => {
  test("a cycle, a deep object, bytes, bigints and functions", () => {
    const { logger, last } = recorded();
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    let deep: unknown = "end";
    for (let i = 0; i < 10_000; i++) deep = { deep };
    logger.info("odd", {
      cycle,
      deep,
      bytes: new Uint8Array(3),
      big: 9n,
      work: () => 1,
      when: new Date(Number.NaN),
    });
    expect(last()).toMatchObject({ bytes: "[3 bytes]", big: "9", when: "[no date]" });
  });

  test("a field that throws when it is read", () => {
    const { logger, last } = recorded();
    logger.info("odd", {
      get trap(): string {
        throw new Error("no");
      },
    });
    expect(last()).toMatchObject({ message: "odd" });
  });

  test("a text of a megabyte is cut", () => {
    const { logger, lines } = recorded();
    logger.info("long", { text: "x".repeat(1_000_000) });
    expect(lines.join().length).toBeLessThan(10_000);
  });
});

describe("on a terminal", () => {
  test("a line is read by a person", () => {
    const { logger, lines } = recorded({ format: "text" });
    logger.info("listening", { port: 3000 });
    expect(Bun.stripANSI(lines.join())).toBe("14:03:00.000 info  listening port=3000");
  });

  test("a customer's text can't forge a line or steer the terminal", () => {
    const { logger, lines } = recorded({ format: "text" });
    logger.info("name", { name: "Ana\n14:03:00.000 error all is lost\u001b[2J" });
    expect(lines.join().split("\n")).toHaveLength(1);
    expect(lines.join()).not.toContain("\u001b[2J");
  });
});
