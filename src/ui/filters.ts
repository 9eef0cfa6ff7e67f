/** Which conversations a list shows. The same rule asks the server and judges what events bring. */
import type { Conversation, ConversationStatus } from "../contract/entities.ts";
import type { ChannelId, LabelId, QueueId, UserId } from "../contract/ids.ts";

export const scopes = ["mine", "unassigned", "all"] as const;
export type Scope = (typeof scopes)[number];

export const stages = ["open", "waiting", "snoozed", "resolved"] as const;
/** How far a conversation is, as agents speak of it. */
export type Stage = (typeof stages)[number];

export interface Filter {
  readonly scope: Scope;
  readonly stage: Stage;
  readonly queueId: QueueId | null;
  readonly labelId: LabelId | null;
  readonly channelId: ChannelId | null;
}

export const firstFilter: Filter = {
  scope: "all",
  stage: "open",
  queueId: null,
  labelId: null,
  channelId: null,
};

const statuses: Readonly<Record<Stage, readonly ConversationStatus[]>> = {
  open: ["active", "assigned"],
  waiting: ["waiting"],
  snoozed: ["active", "assigned", "waiting"],
  resolved: ["resolved", "closed"],
};

/** The words that `GET /conversations` takes for the stage, with commas between them. */
export function askedStatuses(stage: Stage): string {
  return statuses[stage].join(",").replace("resolved,closed", "closed");
}

/** Whether a conversation belongs in the list; `now` in milliseconds. */
export function belongs(
  conversation: Conversation,
  filter: Filter,
  { me, now }: { readonly me: UserId; readonly now: number },
): boolean {
  const { scope, stage, queueId, labelId, channelId } = filter;
  if (!statuses[stage].includes(conversation.status)) return false;
  const snoozed = conversation.snoozed_until !== null && Date.parse(conversation.snoozed_until) > now;
  if (stage !== "resolved" && snoozed !== (stage === "snoozed")) return false;
  if (scope === "mine" && conversation.assignee_id !== me) return false;
  if (scope === "unassigned" && conversation.assignee_id !== null) return false;
  if (queueId !== null && conversation.queue_id !== queueId) return false;
  if (labelId !== null && !conversation.labels.includes(labelId)) return false;
  return channelId === null || conversation.channel_id === channelId;
}

/** When something last happened in it: what lists are sorted by, newest first. */
export function activityOf(conversation: Conversation): string {
  return conversation.last_message_time ?? conversation.created_at;
}

export function keyOf(filter: Filter): string {
  return Object.values(filter).join(" ");
}
