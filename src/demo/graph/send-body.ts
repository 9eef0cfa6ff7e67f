import { z } from "zod";

import { GraphError } from "./errors.ts";

// Limits as in Meta's message reference; objects are strict, since the real API refuses keys it doesn't know.
const text = (max: number) => z.string().min(1).max(max);
const wamid = z.string().regex(/^wamid\./);

const media = { id: z.string().optional(), link: z.url({ protocol: /^https?$/ }).optional() };
const captioned = { ...media, caption: text(1024).optional() };

const hasSource = (value: { id?: string | undefined; link?: string | undefined }): boolean =>
  (value.id === undefined) !== (value.link === undefined);
const oneSource = { message: "exactly one of id and link is required" };

const header = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: text(60) }),
  z.strictObject({ type: z.literal("image"), image: z.strictObject(media).refine(hasSource, oneSource) }),
  z.strictObject({ type: z.literal("video"), video: z.strictObject(media).refine(hasSource, oneSource) }),
  z.strictObject({
    type: z.literal("document"),
    document: z.strictObject({ ...media, filename: z.string().optional() }).refine(hasSource, oneSource),
  }),
]);
const frame = {
  header: header.optional(),
  footer: z.strictObject({ text: text(60) }).optional(),
};

const buttons = z.strictObject({
  type: z.literal("button"),
  ...frame,
  body: z.strictObject({ text: text(1024) }),
  action: z.strictObject({
    buttons: z
      .array(
        z.strictObject({
          type: z.literal("reply"),
          reply: z.strictObject({ id: text(256), title: text(20) }),
        }),
      )
      .min(1)
      .max(3)
      .refine((list) => distinct(list.map(({ reply }) => reply.id)), {
        message: "button ids must be unique",
      }),
  }),
});

const section = z.strictObject({
  title: text(24).optional(),
  rows: z
    .array(z.strictObject({ id: text(200), title: text(24), description: z.string().max(72).optional() }))
    .min(1),
});
const list = z.strictObject({
  type: z.literal("list"),
  ...frame,
  body: z.strictObject({ text: text(4096) }),
  action: z.strictObject({
    button: text(20),
    sections: z
      .array(section)
      .min(1)
      .max(10)
      .refine((sections) => sections.flatMap(({ rows }) => rows).length <= 10, {
        message: "a list has at most 10 rows in total",
      })
      .refine((sections) => sections.length === 1 || sections.every(({ title }) => title !== undefined), {
        message: "each of several sections needs a title",
      }),
  }),
});

const template = z.strictObject({
  name: text(512),
  language: z.strictObject({ code: text(15), policy: z.literal("deterministic").optional() }),
  components: z
    .array(
      z.strictObject({
        type: z.string().transform((type) => type.toLowerCase()),
        sub_type: z.string().optional(),
        index: z.union([z.string(), z.number()]).optional(),
        parameters: z.array(z.looseObject({ type: z.string() })).optional(),
      }),
    )
    .optional(),
});

const contactCard = z.looseObject({ name: z.looseObject({ formatted_name: text(1024) }) });

const common = {
  messaging_product: z.literal("whatsapp"),
  recipient_type: z.literal("individual").optional(),
  to: text(64).optional(),
  recipient: text(256).optional(),
  context: z.strictObject({ message_id: wamid }).optional(),
  biz_opaque_callback_data: text(512).optional(),
};

const sendBody = z.discriminatedUnion("type", [
  z.strictObject({
    ...common,
    type: z.literal("text"),
    text: z.strictObject({ body: text(4096), preview_url: z.boolean().optional() }),
  }),
  z.strictObject({
    ...common,
    type: z.literal("image"),
    image: z.strictObject(captioned).refine(hasSource, oneSource),
  }),
  z.strictObject({
    ...common,
    type: z.literal("video"),
    video: z.strictObject(captioned).refine(hasSource, oneSource),
  }),
  z.strictObject({
    ...common,
    type: z.literal("audio"),
    audio: z.strictObject({ ...media, voice: z.boolean().optional() }).refine(hasSource, oneSource),
  }),
  z.strictObject({
    ...common,
    type: z.literal("document"),
    document: z.strictObject({ ...captioned, filename: z.string().optional() }).refine(hasSource, oneSource),
  }),
  z.strictObject({
    ...common,
    type: z.literal("sticker"),
    sticker: z.strictObject(media).refine(hasSource, oneSource),
  }),
  z.strictObject({ ...common, type: z.literal("template"), template }),
  z.strictObject({
    ...common,
    type: z.literal("interactive"),
    interactive: z.discriminatedUnion("type", [buttons, list]),
  }),
  z.strictObject({
    ...common,
    type: z.literal("reaction"),
    reaction: z.strictObject({ message_id: wamid, emoji: z.string().max(32) }),
  }),
  z.strictObject({
    ...common,
    type: z.literal("location"),
    location: z.strictObject({
      latitude: z.coerce.number().min(-90).max(90),
      longitude: z.coerce.number().min(-180).max(180),
      name: z.string().optional(),
      address: z.string().optional(),
    }),
  }),
  z.strictObject({ ...common, type: z.literal("contacts"), contacts: z.array(contactCard).min(1).max(257) }),
]);

const readBody = z.strictObject({
  messaging_product: z.literal("whatsapp"),
  status: z.literal("read"),
  message_id: wamid,
  typing_indicator: z.strictObject({ type: z.literal("text") }).optional(),
});

/** A message as the Cloud API takes it at `POST /{phone_number_id}/messages`. */
export type SendBody = z.infer<typeof sendBody>;
/** A read receipt, perhaps with a typing indicator, at the same address. */
export type ReadBody = z.infer<typeof readBody>;

/** Whether `body` is a read receipt and not a message: both come to the same address. */
export function isReadReceipt(body: unknown): boolean {
  return typeof body === "object" && body !== null && "status" in body;
}

/** Throws `GraphError` 100, 131008 or 131009 with the offending parameter in the details. */
export function parseRead(body: unknown): ReadBody {
  const parsed = readBody.safeParse(body);
  if (!parsed.success) throw refusal(parsed.error);
  return parsed.data;
}

/** Throws `GraphError` 100, 131008 or 131009 with the offending parameter in the details. */
export function parseSend(body: unknown): SendBody {
  const parsed = sendBody.safeParse(withDefaultType(body));
  if (!parsed.success) throw refusal(parsed.error);
  return parsed.data;
}

/** `type` may be left out of a text message. */
function withDefaultType(body: unknown): unknown {
  return typeof body === "object" && body !== null && !("type" in body) ? { ...body, type: "text" } : body;
}

function refusal(error: z.ZodError): GraphError {
  const issue = error.issues[0];
  const parameter = issue?.path.join(".") ?? "";
  if (issue?.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    return new GraphError(100, { details: `Unexpected key "${key}" on param "${parameter}".` });
  }
  if (parameter === "messaging_product") {
    return new GraphError(100, { message: "(#100) The parameter messaging_product is required." });
  }
  const missing = issue?.code === "invalid_type" && issue.message.includes("undefined");
  const details = `Parameter '${parameter}': ${issue?.message ?? "not valid"}`;
  return new GraphError(missing ? 131008 : 131009, { details });
}

function distinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
