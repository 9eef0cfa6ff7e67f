import type { Caller } from "../../auth/caller.ts";
import type { Presence } from "../../contract/entities.ts";
import type { CompanyId, UserId } from "../../contract/ids.ts";
import type { Context } from "../context.ts";
import { readChosenPresence, updateChosenPresence, updateLastSeen } from "./store.ts";

/** The status that the caller last set by hand; it survives reconnects. */
export async function chosenPresence(context: Context, caller: Caller): Promise<Presence> {
  const chosen = await context.sql.read((tx) => readChosenPresence(tx, caller.companyId, caller.userId));
  return chosen ?? "online";
}

/** Keeps a status that the caller set by hand. Presence is of the moment: no event, realtime tells the others. */
export async function choosePresence(context: Context, caller: Caller, presence: Presence): Promise<void> {
  const { companyId, userId } = caller;
  await context.sql.transaction((tx) => updateChosenPresence(tx, companyId, { userId, presence }));
}

/** Notes that the user's last connection has gone. */
export async function departed(context: Context, companyId: CompanyId, userId: UserId): Promise<void> {
  const at = context.clock.now();
  await context.sql.transaction((tx) => updateLastSeen(tx, companyId, { userId, at }));
}
