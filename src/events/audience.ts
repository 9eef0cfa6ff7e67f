/**
 * Who may see what, and which rooms an event goes to (realtime.md, "Rooms and visibility"): the one place that says so.
 * `maySee` judges one person; `topicsOf` and `topicsFor` say the same with native topics, so that nothing loops over
 * sockets. For every viewer and placement exactly one topic carries the event, or none (a test walks all combinations).
 */
import type { Role, Visibility } from "../contract/entities.ts";
import type { Placement } from "../contract/events.ts";
import type { ConversationId, QueueId, UserId } from "../contract/ids.ts";

/** What decides a person's view. */
export interface Viewer {
  readonly userId: UserId;
  readonly role: Role;
  readonly queueIds: readonly QueueId[];
  readonly visibility: Visibility;
}

/** A room within one company; the hub puts the dialect and the company in front. */
export type Topic =
  | "company"
  | "managers"
  | "attending"
  | "sees-all"
  | "sees-all:attending"
  | "no-queue"
  | `queue:${QueueId}`
  | `queue:${QueueId}:attending`
  | `user:${UserId}`
  | `conversation:${ConversationId}`;

/** Where a conversation stands, and whether its queue already covers the assignee (so that he gets it once). */
export interface AudiencePlacement extends Placement {
  readonly assignee: { readonly role: Role; readonly inQueue: boolean } | null;
}

export function attends(role: Role): boolean {
  return role !== "viewer";
}

export function seesAll(viewer: Pick<Viewer, "role" | "visibility">): boolean {
  return viewer.role === "admin" || viewer.role === "supervisor" || viewer.visibility === "all";
}

/** Whether a person may see a conversation, join its room and act on it as far as the role allows. */
export function maySee(viewer: Viewer, placement: Placement): boolean {
  if (seesAll(viewer)) return true;
  if (placement.assignee_id === viewer.userId) return true;
  if (placement.queue_id === null) return attends(viewer.role);
  return viewer.visibility === "queue" && viewer.queueIds.includes(placement.queue_id);
}

/** The rooms that a connection is in from the start. */
export function topicsOf(viewer: Viewer): readonly Topic[] {
  const topics: Topic[] = ["company", `user:${viewer.userId}`];
  const attending = attends(viewer.role);
  if (attending) topics.push("attending");
  if (viewer.role === "admin") topics.push("managers");
  if (seesAll(viewer)) {
    topics.push("sees-all");
    if (attending) topics.push("sees-all:attending");
    return topics;
  }
  if (attending) topics.push("no-queue");
  if (viewer.visibility === "queue") {
    for (const queueId of viewer.queueIds) {
      topics.push(`queue:${queueId}`);
      if (attending) topics.push(`queue:${queueId}:attending`);
    }
  }
  return topics;
}

/** The rooms, disjoint, of those who may see a conversation; `attendingOnly` leaves viewers out (private notes). */
export function topicsFor(
  visibility: Visibility,
  placement: AudiencePlacement,
  attendingOnly: boolean,
): readonly Topic[] {
  const topics: Topic[] = [attendingOnly ? "sees-all:attending" : "sees-all"];
  if (visibility === "all") return topics;
  const { queue_id, assignee_id, assignee } = placement;
  const restrictedAssignee = assignee !== null && (assignee.role === "agent" || assignee.role === "viewer");
  if (queue_id === null) {
    topics.push("no-queue");
    // A viewer is in no room of those who attend, so that one assigned by mistake is reached by name.
    if (assignee_id !== null && assignee?.role === "viewer" && !attendingOnly)
      topics.push(`user:${assignee_id}`);
    return topics;
  }
  if (visibility === "queue")
    topics.push(attendingOnly ? `queue:${queue_id}:attending` : `queue:${queue_id}`);
  const covered = visibility === "queue" && assignee?.inQueue === true;
  if (
    assignee_id !== null &&
    restrictedAssignee &&
    !covered &&
    !(attendingOnly && assignee.role === "viewer")
  ) {
    topics.push(`user:${assignee_id}`);
  }
  return topics;
}
