import { describe, expect, test } from "bun:test";

import { roles, visibilities } from "../contract/entities.ts";
import type { QueueId, UserId } from "../contract/ids.ts";
import { newId } from "../lib/ids.ts";
import { attends, type AudiencePlacement, maySee, topicsFor, topicsOf, type Viewer } from "./audience.ts";

const [sales, support] = [newId<QueueId>(), newId<QueueId>()];
const memberships: readonly (readonly QueueId[])[] = [[], [sales], [support], [sales, support]];

function everyViewer(visibility: Viewer["visibility"]): readonly Viewer[] {
  return roles.flatMap((role) =>
    memberships.map((queueIds) => ({ userId: newId<UserId>(), role, queueIds, visibility })),
  );
}

function everyPlacement(viewers: readonly Viewer[]): readonly AudiencePlacement[] {
  const queues = [null, sales, support];
  return queues.flatMap((queue_id) => [
    { queue_id, assignee_id: null, assignee: null },
    ...viewers.map((viewer) => ({
      queue_id,
      assignee_id: viewer.userId,
      assignee: { role: viewer.role, inQueue: queue_id !== null && viewer.queueIds.includes(queue_id) },
    })),
  ]);
}

describe.each(visibilities.map((visibility) => [visibility] as const))("with visibility %s", (visibility) => {
  const viewers = everyViewer(visibility);
  const placements = everyPlacement(viewers);

  test("everybody who may see a conversation gets its events once, and nobody else gets them", () => {
    for (const placement of placements) {
      const topics = topicsFor(visibility, placement, false);
      expect(topics.length).toBeLessThanOrEqual(3);
      for (const viewer of viewers) {
        const copies = topicsOf(viewer).filter((topic) => topics.includes(topic)).length;
        expect({ viewer, placement, copies }).toEqual({
          viewer,
          placement,
          copies: maySee(viewer, placement) ? 1 : 0,
        });
      }
    }
  });

  test("a private note reaches those who may see the conversation and attend", () => {
    for (const placement of placements) {
      const topics = topicsFor(visibility, placement, true);
      for (const viewer of viewers) {
        const copies = topicsOf(viewer).filter((topic) => topics.includes(topic)).length;
        const due = maySee(viewer, placement) && attends(viewer.role) ? 1 : 0;
        expect({ viewer, placement, copies }).toEqual({ viewer, placement, copies: due });
      }
    }
  });
});

test("an agent restricted to his queues sees a conversation of another queue only while it is assigned to him", () => {
  const ana: Viewer = { userId: newId<UserId>(), role: "agent", queueIds: [sales], visibility: "queue" };
  expect(maySee(ana, { queue_id: support, assignee_id: null })).toBe(false);
  expect(maySee(ana, { queue_id: support, assignee_id: ana.userId })).toBe(true);
  expect(maySee(ana, { queue_id: null, assignee_id: null })).toBe(true);
});
