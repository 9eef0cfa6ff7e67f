import { describe, expect, test } from "bun:test";

import type { ContactId } from "../contract/ids.ts";
import { newId } from "../lib/ids.ts";
import { ChannelLimits } from "./send-limits.ts";

const limits = { perSecond: 80, recipient: { burst: 45, everyMs: 6_000 } };
const start = Date.UTC(2026, 0, 5);

describe("a channel", () => {
  test("sends 80 messages a second to different people, however it is asked", () => {
    const channel = new ChannelLimits(limits, start);
    let sent = 0;
    for (let now = start; now < start + 10_000; now += 7) {
      while (channel.available(now) >= 1) {
        channel.take(newId<ContactId>(), now);
        sent += 1;
      }
    }
    // The burst of the first second, and ten seconds of 80.
    expect(sent).toBeGreaterThanOrEqual(870);
    expect(sent).toBeLessThanOrEqual(880);
  });

  test("says when it may send again, and not a millisecond too early", () => {
    const channel = new ChannelLimits(limits, start);
    expect(channel.nextAt(start)).toBeNull();
    for (let index = 0; index < 80; index += 1) channel.take(newId<ContactId>(), start);
    expect(channel.available(start)).toBe(0);
    const next = channel.nextAt(start) ?? Number.NaN;
    expect([channel.available(next - 1), channel.available(next)]).toEqual([0, 1]);
  });
});

describe("a contact", () => {
  test("gets 45 at once and then one each 6 s; a clock that goes back gives nothing away", () => {
    const channel = new ChannelLimits(limits, start);
    const contact = newId<ContactId>();
    for (let index = 0; index < 45; index += 1) {
      expect(channel.exhausted(start)).toEqual([]);
      channel.take(contact, start);
    }
    expect(channel.exhausted(start)).toEqual([contact]);
    expect(channel.exhausted(start - 60_000)).toEqual([contact]);
    expect(channel.exhausted(start + 5_999)).toEqual([contact]);
    expect(channel.exhausted(start + 6_000)).toEqual([]);
    channel.take(contact, start + 6_000);
    expect(channel.exhausted(start + 6_000)).toEqual([contact]);
    expect(channel.nextAt(start + 6_000)).toBe(start + 12_000);
  });
});
