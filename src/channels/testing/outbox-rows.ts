import { eventually } from "../../../tests/support/wait.ts";
import type { Message, MessageStatus } from "../../contract/entities.ts";
import type { MessageId } from "../../contract/ids.ts";
import type { Desk } from "./desk.ts";

/** The message once it has that status. */
export function becomes(desk: Desk, id: MessageId, status: MessageStatus): Promise<Message> {
  return eventually(`${status} of a message`, async () => {
    const message = await desk.message(id);
    return message.status === status && message;
  });
}

export interface Row {
  readonly id: string;
  readonly state: string;
  readonly due_at: number;
  readonly attempts: number;
  readonly last_error: string | null;
}

/** A message's newest outbox row once `check` holds. */
export function outboxRow(desk: Desk, messageId: MessageId, check: (row: Row) => boolean): Promise<Row> {
  return eventually("the outbox row", async () => {
    const found = await desk.context.sql.read((tx) =>
      tx.get<Row>(
        "SELECT id, state, due_at, attempts, last_error FROM outbox WHERE message_id = $1 ORDER BY id DESC",
        [messageId],
      ),
    );
    return found && check(found) && found;
  });
}

/** What the log holds of a type, oldest first. */
export function eventsOf(desk: Desk, type: string): Promise<readonly { data: string }[]> {
  return desk.context.sql.read((tx) =>
    tx.all<{ data: string }>("SELECT data FROM events WHERE type = $1 ORDER BY key", [type]),
  );
}
