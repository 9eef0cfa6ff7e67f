import { ChannelDirectory } from "../../src/channels/directory.ts";
import { Inbound } from "../../src/channels/inbound.ts";
import { channelModules } from "../../src/channels/index.ts";
import type { Storage } from "../../src/compose/storage.ts";
import { type Random, seededRandom } from "../support/random.ts";
import type { Desk } from "./desk.ts";
import { webhookBody } from "./webhooks.ts";

const atOnce = 250;
const messagesPerCustomer = 50;
const dayMs = 24 * 60 * 60 * 1000;

const words =
  "bom dia ainda tem o bolo de cenoura para hoje à tarde quero encomendar dois quilos de pão francês e uma torta de limão vocês entregam no centro qual o valor da entrega posso pagar com cartão ou pix obrigada até amanhã o pedido chegou certinho preciso trocar a data do aniversário".split(
    " ",
  );

/** The last `days` of a busy company, taken in as its webhooks would have been: raw rows, events and search index included. */
export async function writeHistory(
  { context }: Storage,
  desk: Desk,
  { messages, days }: { readonly messages: number; readonly days: number },
): Promise<void> {
  const inbound = new Inbound({
    context,
    directory: new ChannelDirectory(context),
    modules: channelModules,
    contactTyping: () => undefined,
  });
  const address = await inbound.deps.directory.get(desk.channelId);
  if (!address) throw new Error("the channel is not there");
  const random = seededRandom(1);
  const customers = Math.ceil(messages / messagesPerCustomer);
  const first = context.clock.now() - days * dayMs;
  for (let from = 0; from < messages; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, messages - from) }, (_, index) => from + index);
    await Promise.all(
      numbers.map((number) => {
        const at = first + (number / messages) * days * dayMs;
        const customer = random.below(customers);
        const raw = webhookBody(desk, {
          customer,
          id: `wamid.history.${number}`,
          text: sentence(random),
          at,
        });
        return inbound.accept({ address, raw });
      }),
    );
  }
}

function sentence(random: Random): string {
  return Array.from({ length: 4 + random.below(25) }, () => words[random.below(words.length)]).join(" ");
}
