/** What an agent does to a conversation; each shows its result at once and says what went wrong. */
import type { Conversation, Priority } from "../../contract/entities.ts";
import type { ConversationId, LabelId, QueueId, UserId } from "../../contract/ids.ts";
import type { Desk } from "../desk.ts";
import { i18n } from "../i18n/setup.ts";
import { toast, toastError } from "../kit/toasts.ts";

export interface ConversationPatch {
  readonly status?: Conversation["status"];
  readonly priority?: Priority;
  readonly labels?: readonly LabelId[];
  readonly snoozed_until?: string | null;
}

async function attempt(desk: Desk, request: Promise<Conversation>): Promise<boolean> {
  try {
    desk.store.addChanged(await request);
    return true;
  } catch (error) {
    toastError(error);
    return false;
  }
}

export function assign(desk: Desk, id: ConversationId, assignee: UserId | null): Promise<boolean> {
  return attempt(desk, desk.api.post(`/conversations/${id}/assign`, { assignee_id: assignee }));
}

export function patch(desk: Desk, id: ConversationId, change: ConversationPatch): Promise<boolean> {
  return attempt(desk, desk.api.patch(`/conversations/${id}`, change));
}

/** Resolves, with a way back. */
export async function resolve(desk: Desk, { id, assignee_id }: Conversation): Promise<void> {
  if (!(await patch(desk, id, { status: "resolved" }))) return;
  const undo = () => void reopen(desk, id, assignee_id);
  toast({ tone: "ok", text: i18n.t("action.resolved"), action: { label: i18n.t("action.undo"), run: undo } });
}

/** An open conversation is somebody's or nobody's: the status follows from that. */
export function reopen(desk: Desk, id: ConversationId, assignee: UserId | null): Promise<boolean> {
  return patch(desk, id, { status: assignee === null ? "active" : "assigned" });
}

export interface TransferTarget {
  readonly assignee_id?: UserId;
  readonly queue_id?: QueueId;
  readonly reason?: string;
}

export async function transfer(desk: Desk, id: ConversationId, to: TransferTarget): Promise<boolean> {
  const done = await attempt(desk, desk.api.post(`/conversations/${id}/transfer`, to));
  if (done) toast({ tone: "ok", text: i18n.t("action.transferred") });
  return done;
}

export function isOpen({ status }: Conversation): boolean {
  return status !== "resolved" && status !== "closed";
}
