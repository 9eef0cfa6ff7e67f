/** Checks of what a request names in its body: another company's and what does not exist are refused alike. */
import type { ChannelId, CompanyId, LabelId, QueueId, UserId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import { attends } from "../../events/audience.ts";
import { invalidField } from "../invalid-field.ts";
import { loadLabels } from "../labels/store.ts";
import { hasChannel, readActiveUser, readQueueName } from "./people-store.ts";

/** The name of a user who can be given a conversation. Throws `invalid_request`. */
export async function requireAttendant(tx: Read, companyId: CompanyId, id: UserId): Promise<string> {
  const user = await readActiveUser(tx, companyId, id);
  if (!user || !attends(user.role)) throw invalidField("assignee_id", "must be an active user who attends");
  return user.name;
}

/** The queue's name. Throws `invalid_request`. */
export async function requireQueue(tx: Read, companyId: CompanyId, id: QueueId): Promise<string> {
  const name = await readQueueName(tx, companyId, id);
  if (name === undefined) throw invalidField("queue_id", "names one that does not exist");
  return name;
}

/** Throws `invalid_request`. */
export async function requireChannel(tx: Read, companyId: CompanyId, id: ChannelId): Promise<void> {
  if (!(await hasChannel(tx, companyId, id)))
    throw invalidField("channel_id", "names one that does not exist");
}

/** The same labels, each once. Throws `invalid_request`. */
export async function requireLabels(
  tx: Read,
  companyId: CompanyId,
  labels: readonly LabelId[],
): Promise<readonly LabelId[]> {
  const unique = [...new Set(labels)];
  if ((await loadLabels(tx, companyId, unique)).size !== unique.length)
    throw invalidField("labels", "names one that does not exist");
  return unique;
}
