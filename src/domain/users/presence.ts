import type { Presence } from "../../contract/entities.ts";
import type { UserId } from "../../contract/ids.ts";

/** What others see of a user at this moment: his own choice while a connection is open, else offline. Realtime keeps it. */
export interface PresenceBoard {
  of(userId: UserId): Presence;
}

/** For commands and tests without connections. */
export const nobodyHere: PresenceBoard = { of: () => "offline" };
