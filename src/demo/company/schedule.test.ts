import { expect, test } from "bun:test";

import { schedule } from "./schedule.ts";
import { agent, customer, type Script } from "./script.ts";
import { StagedClock } from "./staged-clock.ts";

const minute = 60_000;
const now = Date.UTC(2026, 10, 21, 12);
const joao = agent("joao");

const bread: Script = {
  customer: "ivone",
  ago: 1,
  lines: [customer.says("Tem pão?"), joao.takes({ after: 3 }), joao.says("Tem")],
};
const cake: Script = { customer: "camila", ago: 58 / 60, lines: [customer.says("Tem bolo?", { after: 9 })] };

test("lines happen in the order of the day, whatever conversation they belong to", () => {
  const lines = schedule([bread, cake], now);
  expect(lines.map(({ at, script }) => `${script.customer} ${(at - now) / minute}`)).toEqual([
    "ivone -60",
    "camila -58",
    "ivone -57",
    "ivone -55",
  ]);
});

test("nothing is said in the future", () => {
  const late: Script = {
    customer: "ivone",
    ago: 0,
    lines: [customer.says("Oi"), customer.says("Alô?", { after: 60 })],
  };
  expect(schedule([late], now).map(({ at }) => at)).toEqual([now, now]);
});

test("the played clock goes forwards only, and ends with the real time", () => {
  const start = Date.now() - 10 * minute;
  const clock = new StagedClock(start);
  expect(clock.now() - start).toBeLessThan(minute);
  clock.moveTo(start + 5 * minute);
  clock.moveTo(start + 2 * minute);
  expect(clock.now() - start).toBeGreaterThanOrEqual(5 * minute);
  clock.catchUp();
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(minute);
});
