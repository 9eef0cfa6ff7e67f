import { z } from "zod";

import { type Command, faultNames, sampleNames } from "./protocol.ts";

const id = z.string().min(1).max(200);
const persona = id;

const schema: z.ZodType<Command> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("open"), persona }),
  z.strictObject({ type: z.literal("leave") }),
  z.strictObject({
    type: z.literal("text"),
    persona,
    text: z.string().trim().min(1).max(4096),
    quote: id.nullable(),
  }),
  z.strictObject({ type: z.literal("sample"), persona, name: z.enum(sampleNames) }),
  z.strictObject({
    type: z.literal("react"),
    persona,
    message: id,
    emoji: z.string().min(1).max(32).nullable(),
  }),
  z.strictObject({ type: z.literal("delete"), persona, message: id }),
  z.strictObject({ type: z.literal("choose"), persona, message: id, option: id }),
  z.strictObject({ type: z.literal("meet"), name: z.string().trim().min(1).max(60) }),
  z.strictObject({ type: z.literal("fault"), name: z.enum(faultNames), on: z.boolean() }),
]);

/** A frame of the phone; undefined when it is none. */
export function parseCommand(frame: string | Buffer): Command | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(frame.toString()));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
