/** The frames of each dialect as its document shows them: made by the encoders themselves, so that they can't rot. */
import { join } from "node:path";

import { eventTypes } from "../src/contract/events.ts";
import { deliveriesOf, happeningDeliveries } from "../src/realtime/deliveries.ts";
import type { Delivery, Dialect, DialectName, Room } from "../src/realtime/dialect.ts";
import { dialectNames } from "../src/realtime/dialect.ts";
import { rawDialects, socketDialects } from "../src/realtime/dialects/index.ts";
import { contactTypes, happenings } from "../src/realtime/dialects/testing/happenings.ts";
import { reply, samples } from "../src/realtime/dialects/testing/samples.ts";
import { root } from "./paths.ts";

const begin = "<!-- frames: written by `bun scripts/make-wire-docs.ts` -->";
const end = "<!-- end of frames -->";

/** Where the document of a dialect stands. */
export function documentOf(name: DialectName): string {
  return join(root, "src/realtime/dialects", name, "README.md");
}

/** The text of every document as it should be, by path. Throws where one has lost its marks. */
export async function currentDocuments(): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const name of dialectNames) {
    const path = documentOf(name);
    const text = await Bun.file(path).text();
    const [head, rest] = text.split(begin);
    const tail = rest?.split(end)[1];
    if (head === undefined || tail === undefined) throw new Error(`${path} has no place for the frames`);
    texts.set(path, `${head}${begin}\n\n${framesOf(name)}\n${end}${tail}`);
  }
  return texts;
}

interface Shown {
  readonly delivery: Delivery;
  /** What it follows: event types, or signals of the moment. */
  readonly after: string[];
  readonly isLogged: boolean;
}

function framesOf(name: DialectName): string {
  const entry = [...rawDialects, ...socketDialects].find(({ dialect }) => dialect.name === name);
  if (!entry) throw new Error(`no dialect ${name}`);
  const isSocketIo = "namespace" in entry;
  const shown = framesByName(entry.dialect);
  return [...shown].map(([frame, one]) => section(entry.dialect, { frame, one, isSocketIo })).join("\n");
}

/** The first of each name is shown, with all that it may follow. */
function framesByName(dialect: Dialect): ReadonlyMap<string, Shown> {
  const byName = new Map<string, Shown>();
  const add = (deliveries: readonly Delivery[], after: string, isLogged: boolean) => {
    for (const delivery of deliveries) {
      const known = byName.get(delivery.name);
      if (!known) byName.set(delivery.name, { delivery, after: [after], isLogged });
      else if (!known.after.includes(after)) known.after.push(after);
    }
  };
  for (const type of eventTypes) add(deliveriesOf(dialect, samples[type]), type, true);
  const answered = { ...samples["message.created"], message: reply };
  add(dialect.events["message.created"](answered), "message.created", true);
  const read = {
    ...samples["message.status"],
    data: { ...samples["message.status"].data, status: "read" },
  } as const;
  add(dialect.events["message.status"](read), "message.status", true);
  for (const typing of [true, false]) {
    add(happeningDeliveries(dialect, { ...contactTypes, typing }), "typing of the contact", false);
    add(happeningDeliveries(dialect, { ...happenings.typing, typing }), "typing of an agent", false);
  }
  for (const presence of ["online", "busy", "offline"] as const) {
    add(happeningDeliveries(dialect, { ...happenings.presence, presence }), "presence", false);
  }
  add(happeningDeliveries(dialect, happenings.viewing), "viewing", false);
  add(happeningDeliveries(dialect, happenings.tick), "tick, every 20 s", false);
  return byName;
}

function section(
  dialect: Dialect,
  { frame, one, isSocketIo }: { readonly frame: string; readonly one: Shown; readonly isSocketIo: boolean },
): string {
  const { delivery, after, isLogged } = one;
  const sequence = isLogged ? { seq: samples["message.created"].seq, last: true } : null;
  const content: unknown = isSocketIo
    ? delivery.payload
    : JSON.parse(String(dialect.frame(dialect.forms[0] ?? "", delivery, sequence)));
  const only = delivery.forms ? ", if they asked to resume" : "";
  return [
    `### \`${frame}\``,
    "",
    `After ${after.map((type) => `\`${type}\``).join(", ")}; to ${listeners(delivery.room)}${only}.`,
    "",
    "```json",
    JSON.stringify(content, null, 2),
    "```",
    "",
  ].join("\n");
}

function listeners(room: Room): string {
  switch (room.kind) {
    case "audience":
      return "everybody who may see what it is about";
    case "audience-attending":
      return "everybody who attends and may see what it is about";
    case "company":
      return "everybody in the company";
    case "attending":
      return "everybody in the company who attends";
    case "managers":
      return "those who may manage channels";
    case "user":
      return "one person, on all of his connections";
    case "conversation":
      return "those who have joined the conversation's room";
  }
}
