import { join } from "node:path";

import { z } from "zod";

const folder = join(import.meta.dir, "../../src/channels/whatsapp_cloud/fixtures");

const textWebhook = z.looseObject({
  entry: z.tuple([
    z.looseObject({
      changes: z.tuple([
        z.looseObject({
          value: z.looseObject({
            contacts: z.tuple([z.object({ profile: z.object({ name: z.string() }), wa_id: z.string() })]),
            messages: z.tuple([
              z.looseObject({ id: z.string(), timestamp: z.string(), text: z.object({ body: z.string() }) }),
            ]),
          }),
        }),
      ]),
    }),
  ]),
});

export interface FixtureText {
  /** As Meta posts it. */
  readonly body: object;
  readonly from: string;
  /** Digits. */
  readonly waId: string;
  readonly text: string;
}

/**
 * The text message of Meta's documentation, written just now instead of in 2025: an answer to the original would be
 * too late for the 24-hour window. `id` and `text` make it another message of the same person.
 */
export async function fixtureText(
  change: { readonly id?: string; readonly text?: string } = {},
): Promise<FixtureText> {
  const body = textWebhook.parse(await Bun.file(join(folder, "messages--messages-text.json")).json());
  const { contacts, messages } = body.entry[0].changes[0].value;
  const [message] = messages;
  message.timestamp = String(Math.floor(Date.now() / 1000));
  if (change.id !== undefined) message.id = change.id;
  if (change.text !== undefined) message.text.body = change.text;
  const [{ profile, wa_id: waId }] = contacts;
  return { body, from: profile.name, waId, text: message.text.body };
}
