/** What those who work there do, over the API. */
import { conversationStatuses, priorities, visibilities } from "../../src/contract/entities.ts";
import type { Seat } from "./office.ts";
import { anyOf, type Operation, type Scene } from "./scene.ts";

type Ask = (scene: Scene) => readonly [request: string, body?: object];

/** Asked as anybody. */
const anybody =
  (ask: Ask): Operation =>
  (scene) =>
    scene.office.ask(scene.someone(), ...ask(scene));

const admin =
  (ask: Ask): Operation =>
  (scene) =>
    scene.office.ask("admin", ...ask(scene));

/** Only once in so many times: these change what everybody sees. */
const seldom =
  (times: number, operation: Operation): Operation =>
  async (scene) =>
    scene.random.below(times) === 0 && operation(scene);

const conversation = ({ random, seen }: Scene) => anyOf(random, seen.conversations.keys());
const contact = ({ random, seen }: Scene) => anyOf(random, seen.contacts.keys());
const label = ({ random, seen }: Scene) => anyOf(random, seen.labels.keys());
const queue = ({ random, seen }: Scene) => anyOf(random, seen.queues.keys());
const user = ({ random, seen }: Scene) => anyOf(random, seen.users.keys());
const channel = ({ random, seen }: Scene) => anyOf(random, seen.channels.keys());
/** Somebody whose queues decide what he sees. */
const restricted = ({ random, office }: Scene) =>
  office.people[random.pick<Seat>(["agent", "outsider", "viewer"])].caller.userId;
const labels = (scene: Scene) =>
  scene.random.below(3) === 0 ? [] : [...new Set([label(scene), label(scene)])];
const name = ({ random }: Scene) => `nome ${random.below(1000)}`;
const phone = ({ random }: Scene) => `+55119${60_000_000 + random.below(30)}`;

/** A message's path; of a thread that the admin saw. */
function message({ random, seen }: Scene): string {
  const id = anyOf(random, seen.threads.keys());
  const thread = [...seen.threads].find(([key]) => key === id)?.[1];
  return `/api/v1/conversations/${id}/messages/${anyOf(random, thread?.keys() ?? [])}`;
}

const say = (body: (scene: Scene) => object): Operation =>
  anybody((scene) => [`POST /api/v1/conversations/${conversation(scene)}/messages`, body(scene)]);

const onConversation: readonly Operation[] = [
  say(({ random }) => ({ content: `resposta ${random.below(999)}`, force: true })),
  say(({ random }) => ({ content: `às ordens ${random.below(999)}`, client_id: `c${random.below(20)}` })),
  say(() => ({ content: "nota", message_type: "note" })),
  say(() => ({
    message_type: "template",
    metadata: { template: { name: "hello_world", language: "en_US" } },
  })),
  say(() => ({ content: "depois", send_at: new Date(Date.now() + 3_600_000).toISOString() })),
  // The provider refuses it.
  async (scene) => {
    scene.office.graph.fault({ kind: "error", code: scene.random.pick([131026, 131000, 131047]) });
    await say(() => ({ content: "não chega" }))(scene);
  },
  anybody((scene) => [`POST ${message(scene)}/retry`]),
  anybody((scene) => [`DELETE ${message(scene)}`]),
  anybody((scene) => [`POST ${message(scene)}/reactions`, { emoji: scene.random.pick(["👍", "🎉", ""]) }]),
  anybody((scene) => [
    `POST /api/v1/conversations/${conversation(scene)}/assign`,
    { assignee_id: scene.random.pick([user(scene), null]) },
  ]),
  anybody((scene) => [
    `POST /api/v1/conversations/${conversation(scene)}/transfer`,
    { reason: "troca", ...scene.random.pick([{ queue_id: queue(scene) }, { assignee_id: user(scene) }]) },
  ]),
  anybody((scene) => [
    `PATCH /api/v1/conversations/${conversation(scene)}`,
    { status: scene.random.pick([conversationStatuses[0], ...conversationStatuses]) },
  ]),
  anybody((scene) => [
    `PATCH /api/v1/conversations/${conversation(scene)}`,
    {
      ...{ priority: scene.random.pick([priorities[0], ...priorities]), subject: name(scene) },
      ...{
        labels: labels(scene),
        snoozed_until: scene.random.pick([null, new Date(Date.now() + 9e6).toISOString()]),
      },
    },
  ]),
  anybody((scene) => [`POST /api/v1/conversations/${conversation(scene)}/read`]),
  anybody((scene) => [`POST /api/v1/conversations/${conversation(scene)}/read`]),
  anybody((scene) => [
    "POST /api/v1/conversations",
    {
      ...{
        channel_id: channel(scene),
        queue_id: scene.random.pick([queue(scene), null]),
        labels: labels(scene),
      },
      ...scene.random.pick([{ phone: phone(scene) }, { contact_id: contact(scene) }]),
    },
  ]),
];

const onContacts: readonly Operation[] = [
  anybody((scene) => [
    "POST /api/v1/contacts",
    { name: name(scene), phone: phone(scene), labels: labels(scene) },
  ]),
  anybody((scene) => [
    `PATCH /api/v1/contacts/${contact(scene)}`,
    { name: name(scene), labels: labels(scene) },
  ]),
  anybody((scene) => [
    `PATCH /api/v1/contacts/${contact(scene)}`,
    { phone: scene.random.pick([phone(scene), null]), custom: { cidade: name(scene) } },
  ]),
  seldom(
    3,
    admin((scene) => [`POST /api/v1/contacts/${contact(scene)}/merge`, { contact_id: contact(scene) }]),
  ),
  seldom(2, async (scene) => {
    const id = contact(scene);
    const { body } = await scene.office.ask("admin", `GET /api/v1/contacts/${id}/merges`);
    // The edge at which a test reads the wire.
    const merges = Array.isArray(body) ? (body as readonly { id: string }[]) : [];
    const merge = anyOf(
      scene.random,
      merges.map((each) => each.id),
    );
    await scene.office.ask("admin", `POST /api/v1/contacts/${id}/merges/${merge}/undo`);
  }),
  seldom(
    4,
    admin((scene) => [`DELETE /api/v1/contacts/${contact(scene)}`]),
  ),
];

const onHouse: readonly Operation[] = [
  seldom(
    2,
    admin((scene) => ["POST /api/v1/labels", { name: name(scene) }]),
  ),
  admin((scene) => [`PATCH /api/v1/labels/${label(scene)}`, { name: name(scene), color: "#123456" }]),
  seldom(
    6,
    admin((scene) => [`DELETE /api/v1/labels/${label(scene)}`]),
  ),
  seldom(
    6,
    admin((scene) => ["POST /api/v1/queues", { name: name(scene), member_ids: [user(scene)] }]),
  ),
  seldom(
    4,
    admin((scene) => [`PATCH /api/v1/queues/${queue(scene)}`, { name: name(scene) }]),
  ),
  seldom(
    12,
    admin((scene) => [
      `PATCH /api/v1/queues/${queue(scene)}`,
      { member_ids: [...new Set([user(scene), user(scene)])] },
    ]),
  ),
  seldom(
    4,
    admin((scene) => [`DELETE /api/v1/queues/${queue(scene)}`]),
  ),
  seldom(
    20,
    admin((scene) => [
      "POST /api/v1/users",
      { name: name(scene), email: `u${scene.random.below(50)}@example.com`, password: "uma senha comprida" },
    ]),
  ),
  seldom(
    3,
    anybody((scene) => ["PATCH /api/v1/users/me", { name: name(scene) }]),
  ),
  seldom(
    15,
    admin((scene) => [
      `PATCH /api/v1/users/${restricted(scene)}`,
      { queue_ids: scene.random.pick([[], [queue(scene)], [scene.office.company.queueId]]) },
    ]),
  ),
  seldom(
    4,
    admin((scene) => [
      `PATCH /api/v1/settings`,
      { visibility: scene.random.pick([visibilities[0], ...visibilities]) },
    ]),
  ),
  seldom(
    3,
    admin((scene) => [`PATCH /api/v1/channels/${channel(scene)}`, { name: name(scene) }]),
  ),
];

/** A second number comes and goes. */
const spareNumber: Operation = seldom(3, async ({ office, random }) => {
  const { id } = await office.addNumber();
  if (random.below(2) === 0) await office.ask("admin", `POST /api/v1/channels/${id}/disconnect`);
  if (random.below(2) === 0) await office.ask("admin", `POST /api/v1/channels/${id}/connect`);
  if (random.below(4) > 0) await office.ask("admin", `DELETE /api/v1/channels/${id}`);
});

export const officeOperations: readonly Operation[] = [
  ...onConversation,
  ...onConversation,
  ...onContacts,
  ...onHouse,
  spareNumber,
];
