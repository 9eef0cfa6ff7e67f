import type { Dialect } from "../../dialect.ts";
import { encodeFrame } from "../../raw/frame.ts";
import { events, happenings } from "./encode.ts";

/** The dialect that the agent UI speaks (realtime.md, "Dialect `conversations`"). */
export const conversations: Dialect = {
  name: "conversations",
  forms: ["json"],
  showsPresence: true,
  roomReplay: "view",
  events,
  happenings,
  forgotten: (contactId) => ({ name: "contact_deleted", payload: { contact_id: contactId } }),
  frame: (_form, { name, payload }, sequence) => encodeFrame(name, payload, sequence),
};
