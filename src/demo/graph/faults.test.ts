import { expect, test } from "bun:test";

import { failureOf, numberId, Receiver, until } from "./test-receiver.ts";

const hello = { text: { body: "Olá" }, biz_opaque_callback_data: "m1" };
const allow = { outsideWindow: "allow" } as const;

test("the next send meets an error with Retry-After, the one after it does not", async () => {
  await using product = await Receiver.start(allow);
  product.emulator.fault({ kind: "error", code: 130429, status: 429, retryAfterSeconds: 3 });
  const refused = await product.send(hello);
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("3");
  expect(await refused.json()).toMatchObject({
    error: { code: 130429, message: "(#130429) Rate limit hit" },
  });
  expect((await product.send(hello)).status).toBe(200);
  expect(product.emulator.countOf("m1")).toBe(1);
});

test.each([
  [131056, 400],
  [190, 401],
  [131016, 500],
  [2, 503],
  [131031, 403],
])("error %d comes with its usual status %d", async (code, status) => {
  await using product = await Receiver.start(allow);
  product.emulator.fault({ kind: "error", code });
  const refused = await product.send(hello);
  expect(refused.status).toBe(status);
  expect(await refused.json()).toMatchObject({ error: { code } });
});

test("a gateway's answer is no JSON", async () => {
  await using product = await Receiver.start(allow);
  product.emulator.fault({ kind: "http", status: 502 });
  const refused = await product.send(hello);
  expect([refused.status, refused.headers.get("content-type")]).toEqual([502, "text/html"]);
});

test.each([
  { accept: true, accepted: 1 },
  { accept: false, accepted: 0 },
])("a connection cut without an answer leaves $accepted accepted messages", async ({ accept, accepted }) => {
  await using product = await Receiver.start(allow);
  product.emulator.fault({ kind: "cut", accept });
  expect(await failureOf(product.send(hello))).toContain("closed");
  expect(product.emulator.countOf("m1")).toBe(accepted);
  expect(product.emulator.requests.map(({ outcome }) => outcome)).toEqual(["cut"]);
});

test("a cut connection that was used before is not tried again behind the caller's back", async () => {
  await using product = await Receiver.start(allow);
  await (await product.send(hello)).text();
  product.emulator.fault({ kind: "cut", accept: true });
  expect(await failureOf(product.send({ ...hello, biz_opaque_callback_data: "m2" }))).toContain("closed");
  expect(product.emulator.countOf("m2")).toBe(1);
});

test("a send that hangs is accepted all the same, and its status comes", async () => {
  await using product = await Receiver.start(allow);
  product.emulator.fault({ kind: "hang", accept: true });
  const impatient = product.call(`${numberId}/messages`, {
    method: "POST",
    body: JSON.stringify({ messaging_product: "whatsapp", to: "5511987654321", ...hello }),
    signal: AbortSignal.timeout(60),
  });
  expect(await failureOf(impatient)).toContain("timed out");
  await until(() => product.statuses.length > 0);
  expect(product.statuses[0]).toMatchObject({ status: "sent", biz_opaque_callback_data: "m1" });
});

test("stopping the emulator ends what hangs", async () => {
  await using product = await Receiver.start(allow);
  product.emulator.fault({ kind: "hang", accept: false });
  const hanging = failureOf(product.send(hello));
  await until(() => product.emulator.requests.length === 1);
  await product.emulator.stop();
  expect(await hanging).toContain("closed");
});

test("an answer in drops arrives whole", async () => {
  await using product = await Receiver.start(allow);
  product.emulator.fault({ kind: "slow", bytesPerSecond: 1_000 });
  const started = performance.now();
  const answer = await (await product.send(hello)).text();
  expect(JSON.parse(answer)).toMatchObject({ messaging_product: "whatsapp" });
  expect(performance.now() - started).toBeGreaterThan(answer.length / 2);
});

test("a delayed answer comes after its delay", async () => {
  await using product = await Receiver.start(allow);
  product.emulator.fault({ kind: "delay", ms: 50 });
  const started = performance.now();
  expect((await product.send(hello)).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThanOrEqual(49);
});

test("a message that can not be delivered is accepted and then reported as failed", async () => {
  await using product = await Receiver.start(allow);
  product.emulator.fault({ kind: "undelivered", code: 131026 });
  expect((await product.send(hello)).status).toBe(200);
  await until(() => product.statuses.length > 0);
  expect(product.statuses).toMatchObject([{ status: "failed", errors: [{ code: 131026 }] }]);
});

test("a fault meets only the number, the operation and the requests it is aimed at", async () => {
  await using product = await Receiver.start(allow);
  const { emulator } = product;
  emulator.fault({ kind: "error", code: 131000 }, { phoneNumberId: "another", times: Infinity });
  emulator.fault({ kind: "error", code: 131000 }, { operation: "media_upload", times: Infinity });
  const takeBack = emulator.fault(
    { kind: "error", code: 131000 },
    { when: (call) => call.node === numberId },
  );
  takeBack();
  const toJoao = (body: unknown) => JSON.stringify(body).includes("5511900000000");
  emulator.fault({ kind: "error", code: 131056 }, { when: ({ json }) => toJoao(json), times: 2 });
  expect((await product.send(hello)).status).toBe(200);
  expect((await product.send({ ...hello, to: "5511900000000" })).status).toBe(400);
  emulator.clearFaults();
  expect((await product.send({ ...hello, to: "5511900000000" })).status).toBe(200);
});

test("a fault for a read receipt leaves messages alone", async () => {
  await using product = await Receiver.start(allow);
  product.emulator.fault({ kind: "error", code: 131000 }, { operation: "read_receipt" });
  expect((await product.send(hello)).status).toBe(200);
  const receipt = { messaging_product: "whatsapp", status: "read", message_id: "wamid.A" };
  expect((await product.post(receipt)).status).toBe(500);
});
