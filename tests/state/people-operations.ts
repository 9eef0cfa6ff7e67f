/** What customers do, by signed webhooks. */
import type { Customer } from "../../src/demo/graph/customer.ts";
import type { Operation, Scene } from "./scene.ts";

const pixel = new Uint8Array(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);

/** Something that the customer wrote, or got. */
function anyWamid({ random, wamids }: Scene, customer: Customer): string {
  const theirs = wamids.get(customer.waId) ?? [];
  return theirs[random.below(theirs.length)] ?? "wamid.of-nobody";
}

const says =
  (act: (scene: Scene, customer: Customer) => Promise<string>): Operation =>
  async (scene) => {
    const customer = scene.customer();
    const wamid = await act(scene, customer);
    const theirs = scene.wamids.get(customer.waId) ?? [];
    scene.wamids.set(customer.waId, [...theirs.slice(-9), wamid]);
  };

const does =
  (act: (scene: Scene, customer: Customer) => Promise<unknown>): Operation =>
  (scene) =>
    act(scene, scene.customer());

/** Any field of the number's webhook. */
const tells =
  (field: string, value: (scene: Scene) => Readonly<Record<string, unknown>>): Operation =>
  async (scene) => {
    const change = { kind: "change", field, value: value(scene) } as const;
    await scene.office.graph.deliver([change], { phoneNumberId: scene.phoneNumberId });
  };

const file = { bytes: pixel, mimeType: "image/png" };

export const customerOperations: readonly Operation[] = [
  says(({ random }, customer) => customer.sendText(`oi ${random.below(999)}`)),
  says(({ random }, customer) => customer.sendText(`tudo bem? ${random.below(999)}`)),
  says((_, customer) => customer.sendImage({ ...file, caption: "foto" })),
  says((_, customer) => customer.sendDocument({ ...file, filename: "a.png" })),
  says((_, customer) => customer.sendAudio({ ...file, mimeType: "audio/ogg" })),
  says((_, customer) => customer.sendLocation({ latitude: -23.5, longitude: -46.6, name: "Padaria" })),
  says((_, customer) => customer.sendContact("Rita", "+55 11 91111-2222")),
  says((scene, customer) => customer.sendReply(anyWamid(scene, customer), "resposta")),
  does((scene, customer) =>
    customer.sendReaction(anyWamid(scene, customer), scene.random.pick(["👍", "❤️", null])),
  ),
  does((scene, customer) => customer.edit(anyWamid(scene, customer), `corrigido ${scene.random.below(99)}`)),
  does((scene, customer) => customer.revoke(anyWamid(scene, customer))),
  does((_, customer) => customer.readAll()),
  says(({ office, phoneNumberId }, customer) =>
    office.graph.echo(customer.waId, "do celular da loja", phoneNumberId),
  ),
  // Out of order, several times, with somebody else in the same webhook.
  async ({ office, customer, phoneNumberId }) => {
    const updates = [customer(), customer(), customer()].map(
      (each) => each.draft({ type: "text", text: { body: "muitas vezes" } }).update,
    );
    const usual = { phoneNumberId, copies: 2, shuffle: true, concurrency: 3, batchSize: 2 };
    await office.graph.deliver(updates, usual);
  },
  async (scene) => {
    if (scene.random.below(4) > 0) return;
    const customer = scene.customer();
    const phone = `55119${70_000_000 + scene.random.below(12)}`;
    await customer.changeNumber(phone);
  },
  tells("phone_number_quality_update", ({ random }) => ({
    ...{ display_phone_number: "551140001001", current_limit: "TIER_1K" },
    event: random.pick(["FLAGGED", "UNFLAGGED"]),
  })),
  tells("history", (scene) => {
    const waId = scene.customer().waId;
    const at = Math.floor(Date.now() / 1000) - 90_000 - scene.random.below(9_000);
    const message = { from: waId, id: `wamid.history.${at}`, timestamp: String(at), type: "text" };
    const metadata = { display_phone_number: "551140001001", phone_number_id: scene.phoneNumberId };
    const thread = { ...message, text: { body: "antigamente" }, history_context: { status: "READ" } };
    return {
      ...{ messaging_product: "whatsapp", metadata },
      history: [
        { metadata: { phase: 0, chunk_order: 1, progress: 5 }, threads: [{ id: waId, messages: [thread] }] },
      ],
    };
  }),
];
