/** What an agent sees of every sample of Meta's documentation, posted as Meta does. */
import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import type { ChannelStatus } from "../contract/entities.ts";
import { Receiver, type Seen } from "./testing/webhooks.ts";

const folder = join(import.meta.dir, "whatsapp_cloud/fixtures");
const sheena = "Sheena Nelson";

/** `contact: sign type “text” [file]`, with the conversation's status and what is unread before it. */
const threads: Readonly<Record<string, readonly string[]>> = {
  "QUICK_REFERENCE--messages-text": ["active/1 +5511999999999: in text “Mensagem recebida”"],
  "audio--messages-audio": [`active/1 ${sheena}: in audio “” [audio.ogg]`],
  "autofill_button_authentication_templates--messages-button": [
    "active/1 John: in text “I didn't request a code”",
  ],
  "business_scoped_user_ids--messages-text": [`active/1 ${sheena}: in text “Does it come in another color?”`],
  "button--messages-button": [`active/1 ${sheena}: in text “Unsubscribe”`],
  "contacts--messages-contacts": [
    `active/1 ${sheena}: in contacts “👤 Barbara J. Johnson: +1 (415) 555-0829”`,
  ],
  "document--messages-document": [`active/1 ${sheena}: in document “my receipt” [receipt.pdf]`],
  "get_started--messages-text": ["active/1 Jessica Laverdetman: in text “Hi!”"],
  "get_started_for_solution_partners--messages-text": ["active/1 Kerry Fisher: in text “Hello!”"],
  "group--messages-text": ["active/1 Tiago Mingo: in text “What does everyone think about this?”"],
  "image--messages-image": [`active/1 ${sheena}: in image “Taj Mahal” [image.jpeg]`],
  "interactive--messages-interactive-2": [`active/1 ${sheena}: in interactive “Cancel”`],
  "interactive--messages-interactive": [
    `active/1 ${sheena}: in interactive “Priority Mail Express\nNext Day to 2 Days”`,
  ],
  "interactive_list_messages--messages-interactive": [
    "active/1 Pablo Morales: in interactive “Priority Mail Express\nNext Day to 2 Days”",
  ],
  "interactive_reply_buttons_messages--messages-interactive": [
    "active/1 Pablo Morales: in interactive “Change”",
  ],
  "location--messages-location": [
    `active/1 ${sheena}: in location “📍 Philz Coffee, 101 Forest Ave, Palo Alto, CA 94301”`,
  ],
  "location_request_messages--messages-location": [
    "active/1 Pablo Morales: in location “📍 Solomon R. Guggenheim Museum, 1071 5th Ave, New York, NY 10128”",
  ],
  "messages--messages-text": [`active/1 ${sheena}: in text “Does it come in another color?”`],
  "mpm_templates--messages-order": ["active/1 Pablo Morales: in text “🛒 1 × n6k6x0y7oe (USD 99.99)”"],
  "onboarding_business_app_users--echo-text": [
    "waiting/0 +16505551234: out text “Here's the info you requested! https://www.meta.com/quest/quest-3/”",
  ],
  "onboarding_business_app_users--history": [
    "resolved/0 +16505551234: out text “Here's the info you requested! https://www.meta.com/quest/quest-3/”",
    "resolved/0 +16505551234: out text “”",
    "resolved/0 +16505551234: in text “Thanks!”",
    "resolved/0 +12125557890: out text “Thanks for your order! As a thank you, use code THANKS30 to get 30% of your next order.”",
  ],
  "onboarding_business_app_users--messages-image": [
    "resolved/0 +16505551234: in image “Black Prince echeveria” [image.jpeg]",
  ],
  "order--messages-order": [
    `active/1 ${sheena}: in text “Love these!\n🛒 2 × di9ozbzfi4 (USD 30)\n🛒 1 × nqryix03ez (USD 25)”`,
  ],
  "smb_message_echoes--echo-text": [
    "waiting/0 +16505551234: out text “Here's the info you requested! https://www.meta.com/quest/quest-3/”",
  ],
  "sticker--messages-sticker": [`active/1 ${sheena}: in sticker “” [sticker.webp]`],
  "text--messages-text-2": [`active/1 ${sheena}: in text “Can I get more info about this?”`],
  "text--messages-text": [`active/1 ${sheena}: in text “Is this still available?”`],
  "unsupported--messages-unsupported": [`active/1 ${sheena}: in text “[unsupported] edit”`],
  "video--messages-video": [`active/1 ${sheena}: in video “Timelapse of growth” [video.mp4]`],
};

/** Samples that tell of the channel itself; the others leave it connected. */
const channelStates: Readonly<Record<string, ChannelStatus>> = {
  "account_update--account_update-account_deleted": "error",
  "call_settings--account_update-account_restriction": "degraded",
  "call_settings--account_update-account_restriction-2": "degraded",
  "call_settings--x-2": "degraded",
  "manage_webhooks--phone_number_quality_update-flagged": "degraded",
  "onboarding_business_app_users--account_update-account_offboarded": "disconnected",
  "onboarding_business_app_users--account_update-partner_removed": "disconnected",
};

/** Answers of the API rather than webhooks: kept for an admin. */
const noWebhooks = ["flows_api--x", "override--x"];

const samples = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length));

describe("Meta's sample", () => {
  test("files are all here", () => expect(samples.length).toBeGreaterThanOrEqual(90));

  for (const name of samples) {
    test(`${name} is answered 200 and shows what it should`, async () => {
      const raw = readFileSync(join(folder, `${name}.json`), "utf8");
      const number = /"phone_number_id":\s*"(\w+)"/.exec(raw)?.[1];
      const account = accountOf(raw);
      await using desk = await Receiver.open(number, account);
      // A sample whose ids are placeholders, or that is no webhook at all, is for nobody: kept, and without effect.
      const isRouted = number !== undefined || account !== undefined;
      expect(await desk.post(raw)).toBe(200);
      const seen = await desk.seen();
      expect(linesOf(seen)).toEqual([...(threads[name] ?? [])]);
      const [channel] = await desk.rows("SELECT status FROM channels WHERE id = $1", [desk.channelId]);
      expect(channel).toEqual({ status: isRouted ? (channelStates[name] ?? "connected") : "connecting" });
      const failures = await desk.rows("SELECT state FROM inbound_failures");
      expect(failures).toHaveLength(noWebhooks.includes(name) ? 1 : 0);
      expect(await desk.rows("SELECT state FROM inbound_log")).toEqual([
        { state: isRouted ? "done" : "unrouted" },
      ]);
      const events = await desk.events();
      expect(await desk.post(raw)).toBe(200);
      expect(await desk.seen()).toEqual(seen);
      expect((await desk.events()).filter((type) => !type.startsWith("channel."))).toEqual(
        events.filter((type) => !type.startsWith("channel.")),
      );
    });
  }
});

const withAccount = z.object({ entry: z.array(z.object({ id: z.string().regex(/^[\w-]+$/) })).min(1) });

/** The account that a sample names, so that what is said of it finds the channel; placeholders are none. */
function accountOf(raw: string): string | undefined {
  const named = withAccount.safeParse(JSON.parse(raw));
  return named.success ? named.data.entry[0]?.id : undefined;
}

/** By conversation, then by position. */
function linesOf({ conversations, messages }: Seen): string[] {
  return conversations.flatMap((conversation) =>
    messages
      .filter((message) => message.conversation_id === conversation.id)
      .map(({ direction, message_type, content, attachments }) => {
        const files = attachments.map(({ name }) => ` [${name}]`).join("");
        const head = `${conversation.status}/${conversation.unread_count} ${conversation.contact.name}`;
        return `${head}: ${direction} ${message_type} “${content}”${files}`;
      }),
  );
}
