import type { CompanyId, ConversationId } from "../contract/ids.ts";
/** From a delivery's room to native topics (live) and to one connection's right (replay): the same rule twice. */
import { attends, maySee, seesAll, type Topic, topicsFor, type Viewer } from "../events/audience.ts";
import type { DialectName, Room } from "./dialect.ts";
import type { Rendered, RenderedOf, Scope } from "./rendered.ts";

/** A topic as the server knows it: no dialect, form or company ever shares one with another. */
export function nativeTopic(where: {
  readonly dialect: DialectName;
  readonly form: string;
  readonly companyId: CompanyId;
  readonly topic: Topic;
}): string {
  return `${where.dialect}/${where.form}/${where.companyId}/${where.topic}`;
}

/** The topics, disjoint, that a delivery goes to. */
export function topicsOfRoom(room: Room, scope: Scope): readonly Topic[] {
  switch (room.kind) {
    case "audience":
      return topicsOfScope(scope, false);
    case "audience-attending":
      return topicsOfScope(scope, true);
    case "company":
    case "attending":
    case "managers":
      return [room.kind];
    case "user":
      return [`user:${room.userId}`];
    case "conversation":
      return [`conversation:${room.conversationId}`];
  }
}

function topicsOfScope(scope: Scope, attendingOnly: boolean): readonly Topic[] {
  switch (scope.kind) {
    case "placed":
      return topicsFor(scope.visibility, scope.placement, attendingOnly || scope.attendingOnly);
    case "gathered":
      return topicsOfAll(scope, attendingOnly);
    case "company":
      return [attendingOnly ? "attending" : "company"];
    case "managers":
      return ["managers"];
    case "user":
      return [`user:${scope.userId}`];
  }
}

/** Who is in two of them gets it twice, with the same `seq`. */
function topicsOfAll(
  { visibility, placements }: Extract<Scope, { kind: "gathered" }>,
  attendingOnly: boolean,
): readonly Topic[] {
  const topics = placements.flatMap((placement) => topicsFor(visibility, placement, attendingOnly));
  return [...new Set(topics)];
}

/** Whether a person may have what stands in this scope, rooms aside. */
export function inScope(viewer: Viewer, scope: Scope): boolean {
  switch (scope.kind) {
    case "placed":
      return maySee(viewer, scope.placement) && (!scope.attendingOnly || attends(viewer.role));
    case "gathered":
      return scope.placements.some((placement) => maySee(viewer, placement));
    case "company":
      return true;
    case "managers":
      return viewer.role === "admin";
    case "user":
      return scope.userId === viewer.userId;
  }
}

/** Whether a delivery is for this person, who is in these conversations' rooms. */
export function isFor(
  room: Room,
  scope: Scope,
  reader: { readonly viewer: Viewer; readonly rooms: ReadonlySet<ConversationId> },
): boolean {
  const { viewer, rooms } = reader;
  switch (room.kind) {
    case "audience":
      return inScope(viewer, scope);
    case "audience-attending":
      return inScope(viewer, scope) && attends(viewer.role);
    case "company":
      return true;
    case "attending":
      return attends(viewer.role);
    case "managers":
      return viewer.role === "admin";
    case "user":
      return room.userId === viewer.userId;
    case "conversation":
      return rooms.has(room.conversationId) && inScope(viewer, scope);
  }
}

/** Whether a contact that this person saw is out of sight now, because a conversation of it moved. */
export function leavesView(viewer: Viewer, event: Rendered): event is RenderedOf<"contact.updated"> {
  if (event.type !== "contact.updated" || event.data.stood === undefined || seesAll(viewer)) return false;
  return event.data.stood.some((placement) => maySee(viewer, placement)) && !inScope(viewer, event.scope);
}
