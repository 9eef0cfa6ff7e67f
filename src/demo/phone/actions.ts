import { drawn } from "../company/sample-files.ts";
import { photo, type SampleFile, voice } from "../company/script.ts";
import { pictureNames } from "../files/pictures.ts";
import type { Customer } from "../graph/customer.ts";
import type { Place } from "../graph/inbound.ts";
import { WebhookLostError } from "../graph/webhooks.ts";
import type { Chats } from "./chats.ts";
import type { FaultSwitches } from "./faults.ts";
import type { Personas } from "./personas.ts";
import type { Command, Frame, PhoneMessage, RefusalCode, SampleName } from "./protocol.ts";

export interface ActionDeps {
  readonly personas: Personas;
  readonly chats: Chats;
  readonly faults: FaultSwitches;
  /** To every phone. */
  readonly tellAll: (frame: Frame) => void;
}

/** What the person at the phone did can't be done; it is told to that phone. */
export class PhoneRefusal extends Error {
  override readonly name = "PhoneRefusal";

  constructor(readonly code: RefusalCode) {
    super(code);
  }
}

type Acting = Exclude<Command, { readonly type: "open" | "leave" }>;

/** Does what the person at the phone does. Throws `PhoneRefusal`. */
export async function act(deps: ActionDeps, command: Acting): Promise<void> {
  try {
    await perform(deps, command);
  } catch (error) {
    throw error instanceof WebhookLostError ? new PhoneRefusal("not_delivered") : error;
  }
}

async function perform({ personas, chats, faults, tellAll }: ActionDeps, command: Acting): Promise<void> {
  switch (command.type) {
    case "meet":
      tellAll({ type: "persona", persona: personas.meet(command.name) });
      return;
    case "fault":
      faults.set(command.name, command.on);
      return;
    case "text": {
      const { text, quote } = command;
      await requireCustomer(personas, command.persona).sendText(
        text,
        quote === null ? {} : { replyTo: quote },
      );
      return;
    }
    case "sample":
      await sendSample(requireCustomer(personas, command.persona), {
        name: command.name,
        turn: chats.of(command.persona).length,
      });
      return;
    case "react":
      await requireCustomer(personas, command.persona).sendReaction(
        requireMessage(chats, command).id,
        command.emoji,
      );
      return;
    case "delete": {
      const message = requireMessage(chats, command);
      if (message.from !== "customer") throw new PhoneRefusal("unknown_message");
      await requireCustomer(personas, command.persona).revoke(message.id);
      return;
    }
    case "choose":
      await choose(
        requireCustomer(personas, command.persona),
        requireMessage(chats, command),
        command.option,
      );
      return;
  }
}

export function requireCustomer(personas: Personas, id: string): Customer {
  const customer = personas.find(id);
  if (customer === undefined) throw new PhoneRefusal("unknown_persona");
  return customer;
}

function requireMessage(
  chats: Chats,
  { persona, message }: { readonly persona: string; readonly message: string },
): PhoneMessage {
  const found = chats.find(persona, message);
  if (found === undefined || found.deleted) throw new PhoneRefusal("unknown_message");
  return found;
}

async function choose(customer: Customer, { id, content }: PhoneMessage, optionId: string): Promise<void> {
  const option = content.type === "choices" ? content.options.find((one) => one.id === optionId) : undefined;
  if (content.type !== "choices" || option === undefined) throw new PhoneRefusal("unknown_message");
  const { title, description } = option;
  switch (content.of) {
    case "template":
      await customer.pressTemplateButton(id, title);
      return;
    case "buttons":
      await customer.pressButton(id, { id: optionId, title });
      return;
    case "list":
      await customer.chooseRow(id, { id: optionId, title, ...(description === "" ? {} : { description }) });
      return;
  }
}

const square: Place = {
  latitude: -23.5563,
  longitude: -46.6901,
  name: "Praça dos Azulejos",
  address: "Vila Madalena, São Paulo",
};

const order: SampleFile = {
  kind: "pdf",
  heading: "Lista do pedido",
  lines: ["20 pães franceses", "2 baguetes", "1 bolo de laranja"],
  filename: "lista-do-pedido.pdf",
};

/** `turn` sees to it that not every photo is the same. */
async function sendSample(
  customer: Customer,
  { name, turn }: { readonly name: SampleName; readonly turn: number },
): Promise<void> {
  switch (name) {
    case "photo":
      return sendDrawn(customer, photo(pictureNames[turn % pictureNames.length] ?? "bread"));
    case "voice":
      return sendDrawn(customer, voice(5));
    case "document":
      return sendDrawn(customer, order);
    case "place":
      await customer.sendLocation(square);
      return;
  }
}

async function sendDrawn(customer: Customer, sample: SampleFile): Promise<void> {
  const { kind, file } = await drawn(sample);
  await customer.sendFile(kind, file);
}
