import { describe, expect, test } from "bun:test";

import { type MessageStatus, messageStatuses } from "../../contract/entities.ts";
import { statusAfter } from "./status-order.ts";

function after(...news: readonly MessageStatus[]): MessageStatus {
  return news.reduce(statusAfter, "pending");
}

describe("a message's status", () => {
  test("climbs from sent to played and never falls back", () => {
    expect(after("sent", "delivered", "read", "played")).toBe("played");
    expect(after("played", "read", "delivered", "sent")).toBe("played");
    expect(after("read", "pending")).toBe("read");
  });

  test("is the same in whatever order the provider tells the news", () => {
    for (const [one, other] of [
      ["sent", "failed"],
      ["delivered", "failed"],
      ["read", "failed"],
      ["sent", "read"],
    ] as const) {
      expect(after(one, other)).toBe(after(other, one));
    }
  });

  test("stays delivered when a failure is told afterwards", () => {
    expect(after("delivered", "failed")).toBe("delivered");
  });

  test("is settled by any real status where nobody knew", () => {
    for (const news of ["sent", "delivered", "read", "played", "failed"] as const) {
      expect(statusAfter("unknown", news)).toBe(news);
    }
    expect(statusAfter("unknown", "pending")).toBe("unknown");
  });

  test("becomes unknown only while it is not known to have left", () => {
    expect(after("unknown")).toBe("unknown");
    expect(after("sent", "unknown")).toBe("sent");
    expect(after("failed", "unknown")).toBe("failed");
  });

  test("never changes by hearing the same again", () => {
    for (const status of messageStatuses) expect(statusAfter(status, status)).toBe(status);
  });
});
