import type { Notification } from "../../contract/entities.ts";
import type { CompanyId, NotificationId, UserId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { insertNotification } from "./store.ts";

export interface NewNotification {
  /** Made outside of the transaction. */
  readonly id: NotificationId;
  /** Null means everybody in the company. */
  readonly userId: UserId | null;
  readonly kind: Notification["kind"];
  /** For a person, in the company's language. */
  readonly text: string;
  readonly data: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly at: number;
}

/** Tells somebody something, in the transaction that makes it true. */
export async function notify(tx: Tx, companyId: CompanyId, notification: NewNotification): Promise<void> {
  const { id, userId, kind, text, data, at } = notification;
  const row = { id, user_id: userId, kind, text, data: JSON.stringify(data), created_at: at };
  await insertNotification(tx, companyId, row);
  await append(tx, companyId, { type: "notification", data: { notification_id: id, user_id: userId }, at });
}
