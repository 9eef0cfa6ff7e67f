import type { Call } from "./call.ts";
import { GraphError } from "./errors.ts";
import { authorize, businessDigits, type NumberSettings } from "./numbers.ts";
import { digitsOf } from "./phone.ts";
import { parseRead, parseSend, type SendBody } from "./send-body.ts";
import type { SentMessage } from "./sent-message.ts";
import { checkTemplate } from "./templates.ts";
import type { World } from "./world.ts";

/** Accepts a message. `undelivered`: a code it shall fail with afterwards. Throws `GraphError`. */
export function acceptMessage(world: World, call: Call, undelivered?: number): Response {
  const number = authorize(world.numbers, call.token, call.node);
  const body = parseSend(call.json);
  const recipient = recipientOf(world, number, body);
  checkMedia(world, number, body);
  const category = categoryOf(world, number, body);
  const failure = undelivered ?? windowFailure(world, { number, body, person: recipient.person });
  const message: SentMessage = {
    wamid: world.ids.wamid(recipient.person, "out"),
    phoneNumberId: number.phoneNumberId,
    to: recipient.input,
    person: recipient.person,
    body,
    category,
    callbackData: body.biz_opaque_callback_data,
    at: world.clock.now(),
    failure,
  };
  world.ledger.record(message);
  world.statuses.start(message);
  return Response.json({
    messaging_product: "whatsapp",
    contacts: [{ input: recipient.input, ...recipient.id }],
    messages: [{ id: message.wamid, ...(body.type === "template" ? { message_status: "accepted" } : {}) }],
  });
}

/** Takes a read receipt, with or without a typing indicator. Throws `GraphError`. */
export function acceptRead(world: World, call: Call): Response {
  const number = authorize(world.numbers, call.token, call.node);
  const body = parseRead(call.json);
  world.feed.publish({
    type: "read",
    phoneNumberId: number.phoneNumberId,
    wamid: body.message_id,
    typing: body.typing_indicator !== undefined,
  });
  return Response.json({ success: true });
}

interface Recipient {
  readonly input: string;
  readonly person: string;
  readonly id: { readonly wa_id: string } | { readonly user_id: string };
}

/** `to` wins over `recipient`. Source: Meta, "Business-scoped user IDs". */
function recipientOf(world: World, number: NumberSettings, body: SendBody): Recipient {
  if (body.to === undefined) {
    if (body.recipient === undefined)
      throw new GraphError(100, { message: "(#100) The parameter to is required." });
    return { input: body.recipient, person: body.recipient, id: { user_id: body.recipient } };
  }
  const digits = digitsOf(body.to);
  if (!/^\+?[\d\s().-]+$/.test(body.to) || digits.length < 7 || digits.length > 15) {
    throw new GraphError(131009, { details: "Parameter 'to' is not a phone number." });
  }
  if (digits === businessDigits(number)) throw new GraphError(131021);
  const waId = world.waIdOf(digits);
  return { input: body.to, person: waId, id: { wa_id: waId } };
}

function categoryOf(world: World, number: NumberSettings, body: SendBody): SentMessage["category"] {
  if (body.type !== "template") return "service";
  const { category } = checkTemplate(world.numbers.templates(number.wabaId), body.template);
  switch (category) {
    case "UTILITY":
      return "utility";
    case "MARKETING":
      return "marketing";
    case "AUTHENTICATION":
      return "authentication";
  }
}

function checkMedia(world: World, number: NumberSettings, body: SendBody): void {
  const id = mediaIdOf(body);
  if (id === undefined) return;
  const media = world.media.get(id);
  if (
    media === undefined ||
    (media.phoneNumberId !== undefined && media.phoneNumberId !== number.phoneNumberId)
  ) {
    throw new GraphError(131009, { details: `Media with id '${id}' does not exist for this phone number.` });
  }
}

function mediaIdOf(body: SendBody): string | undefined {
  switch (body.type) {
    case "image":
      return body.image.id;
    case "video":
      return body.video.id;
    case "audio":
      return body.audio.id;
    case "document":
      return body.document.id;
    case "sticker":
      return body.sticker.id;
    case "text":
    case "template":
    case "interactive":
    case "reaction":
    case "location":
    case "contacts":
      return undefined;
  }
}

interface WindowQuestion {
  readonly number: NumberSettings;
  readonly body: SendBody;
  readonly person: string;
}

/** 131047 for a free-form message to a customer who did not write within 24 h. */
function windowFailure(world: World, { number, body, person }: WindowQuestion): number | undefined {
  if (body.type === "template" || world.outsideWindow === "allow") return undefined;
  if (world.numbers.windowIsOpen(number.phoneNumberId, person, world.clock.now())) return undefined;
  if (world.outsideWindow === "error") throw new GraphError(131047);
  return 131047;
}
