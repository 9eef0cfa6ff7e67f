import { describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import type { BrokenItem, InboundItem } from "../channel.ts";
import { parseWebhook } from "./parse.ts";
import { idSchema } from "./wire.ts";

const folder = join(import.meta.dir, "fixtures");
const arrivedAt = Date.UTC(2026, 0, 5, 12);
const fixtures = readdirSync(folder).toSorted();

async function parseFixture(name: string): Promise<readonly (InboundItem | BrokenItem)[]> {
  return parseWebhook(await Bun.file(join(folder, name)).json(), arrivedAt);
}

type Sight = readonly string[];

/** Everything that an agent or admin sees of an item, in a line or two. */
function seen(item: InboundItem | BrokenItem): Sight {
  switch (item.kind) {
    case "message":
    case "echo": {
      const person = item.kind === "message" ? item.from : item.to;
      const who = `${item.kind} ${person.name ?? "—"} ${person.identifiers.map(({ kind, value }) => `${kind}:${value}`).join(" ")}`;
      const { type, text, files, replyTo, metadata } = item.content;
      return [
        item.history === null ? who : `${who} (history: ${item.history})`,
        `${type}: ${text}`,
        ...files.map(
          (file) => `file ${file.name} ${file.mimeType} ${file.sha256?.slice(0, 8) ?? "unhashed"}`,
        ),
        ...(replyTo === null ? [] : ["quotes"]),
        ...Object.keys(metadata).map((key) => `with ${key}`),
      ];
    }
    case "status":
      return [`${item.status}${item.error ? ` ${item.error.code}: ${item.error.message}` : ""}`];
    case "reaction":
      return [`reaction of the ${item.by}: ${item.emoji ?? "taken back"}`];
    case "edit":
      return [`edit to ${item.content.type}: ${item.content.text}`];
    case "revoke":
      return ["revoke"];
    case "contact-change":
      return [`${item.was.identifiers[0]?.value} is now ${item.now.identifiers[0]?.value}`];
    case "channel-state":
      return [`channel ${item.status ?? "as it was"}: ${item.detail}`];
    case "template":
      return [`template ${item.name} ${item.language} ${item.status}`];
    case "typing":
      return ["typing"];
    case "ignored":
      return [`ignored ${item.field}`];
    case "broken":
      return [`broken ${item.reason}`];
  }
}

const sheena = "message Sheena Nelson wa_id:16505551234";
const pablo = "message Pablo Morales wa_id:16505551234";

/** What each of Meta's samples means; the samples of other fields are below. */
const conversations: Readonly<Record<string, Sight>> = {
  "QUICK_REFERENCE--messages-text.json": ["message — wa_id:5511999999999", "text: Mensagem recebida"],
  "audio--messages-audio.json": [
    sheena,
    "audio: ",
    "file audio.ogg audio/ogg; codecs=opus c2fa9731",
    "with voice",
  ],
  "autofill_button_authentication_templates--messages-button.json": [
    "message John wa_id:12345678",
    "text: I didn't request a code",
    "quotes",
    "with button",
  ],
  // Meta's own sample writes the contact's id differently from the sender's: the name is still his.
  "business_scoped_user_ids--messages-text.json": [
    "message Sheena Nelson bsuid:US.13491208655302741918",
    "text: Does it come in another color?",
  ],
  "business_scoped_user_ids--status-delivered-2.json": ["delivered"],
  "business_scoped_user_ids--status-delivered.json": ["delivered"],
  "button--messages-button.json": [sheena, "text: Unsubscribe", "quotes", "with button"],
  "contacts--messages-contacts.json": [
    sheena,
    "contacts: 👤 Barbara J. Johnson: +1 (415) 555-0829",
    "with contacts",
  ],
  "document--messages-document.json": [
    sheena,
    "document: my receipt",
    "file receipt.pdf application/pdf 57938fa4",
  ],
  "errors--messages.json": [
    "channel as it was: Message failed to send because there were too many messages sent from this phone number in a short period of time (130429)",
  ],
  "get_started--messages-text.json": ["message Jessica Laverdetman wa_id:17863559966", "text: Hi!"],
  "get_started_for_solution_partners--messages-text.json": [
    "message Kerry Fisher wa_id:16315555555",
    "text: Hello!",
  ],
  "group--messages-text.json": [
    "message Tiago Mingo wa_id:16505551234",
    "text: What does everyone think about this?",
    "with group_id",
  ],
  "image--messages-image.json": [sheena, "image: Taj Mahal", "file image.jpeg image/jpeg 49f22763"],
  "interactive--messages-interactive-2.json": [sheena, "interactive: Cancel", "quotes", "with interactive"],
  "interactive--messages-interactive.json": [
    sheena,
    "interactive: Priority Mail Express\nNext Day to 2 Days",
    "quotes",
    "with interactive",
  ],
  "interactive_list_messages--messages-interactive.json": [
    pablo,
    "interactive: Priority Mail Express\nNext Day to 2 Days",
    "quotes",
    "with interactive",
  ],
  "interactive_reply_buttons_messages--messages-interactive.json": [
    pablo,
    "interactive: Change",
    "quotes",
    "with interactive",
  ],
  "location--messages-location.json": [
    sheena,
    "location: 📍 Philz Coffee, 101 Forest Ave, Palo Alto, CA 94301",
    "with location",
  ],
  "location_request_messages--messages-location.json": [
    pablo,
    "location: 📍 Solomon R. Guggenheim Museum, 1071 5th Ave, New York, NY 10128",
    "quotes",
    "with location",
  ],
  "messages--messages-text.json": [sheena, "text: Does it come in another color?"],
  "messages--status-delivered.json": ["delivered"],
  "mpm_templates--messages-order.json": [pablo, "text: 🛒 1 × n6k6x0y7oe (USD 99.99)", "with order"],
  "no_storage--messages.json": [
    "channel as it was: Webhook could not be delivered within data retention limit (131035)",
  ],
  "no_storage--status-failed.json": ["failed 131036: Message payload not found"],
  "onboarding_business_app_users--echo-text.json": [
    "echo — wa_id:16505551234",
    "text: Here's the info you requested! https://www.meta.com/quest/quest-3/",
  ],
  "onboarding_business_app_users--history.json": [
    "echo — wa_id:16505551234 (history: read)",
    "text: Here's the info you requested! https://www.meta.com/quest/quest-3/",
    "echo — wa_id:16505551234 (history: played)",
    "text: ",
    "with media_placeholder",
    "message — wa_id:16505551234 (history: read)",
    "text: Thanks!",
    "echo — wa_id:12125557890 (history: delivered)",
    "text: Thanks for your order! As a thank you, use code THANKS30 to get 30% of your next order.",
  ],
  "onboarding_business_app_users--messages-edit.json": ["edit to image: Updated image caption"],
  "onboarding_business_app_users--messages-image.json": [
    "message — wa_id:16505551234 (history: delivered)",
    "image: Black Prince echeveria",
    "file image.jpeg image/jpeg 3f9d94d3",
  ],
  "onboarding_business_app_users--messages-revoke.json": ["revoke"],
  "order--messages-order.json": [
    sheena,
    "text: Love these!\n🛒 2 × di9ozbzfi4 (USD 30)\n🛒 1 × nqryix03ez (USD 25)",
    "with order",
  ],
  "reaction--messages-reaction-2.json": ["reaction of the contact: taken back"],
  "reaction--messages-reaction.json": ["reaction of the contact: 👍"],
  "smb_message_echoes--echo-text.json": [
    "echo — wa_id:16505551234",
    "text: Here's the info you requested! https://www.meta.com/quest/quest-3/",
  ],
  "status--status-failed.json": [
    "failed 131049: In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
  ],
  "status--status-sent-2.json": ["sent"],
  "status--status-sent.json": ["sent"],
  "sticker--messages-sticker.json": [
    sheena,
    "sticker: ",
    "file sticker.webp image/webp c2fa9731",
    "with animated",
  ],
  "system--messages-system.json": ["16505551234 is now 12195555358"],
  "text--messages-text-2.json": [sheena, "text: Can I get more info about this?", "with referral"],
  "text--messages-text.json": [sheena, "text: Is this still available?", "quotes", "with referred_product"],
  "unsupported--messages-unsupported.json": [
    sheena,
    "text: [unsupported] edit",
    "with unsupported",
    "with errors",
  ],
  "video--messages-video.json": [sheena, "video: Timelapse of growth", "file video.mp4 video/mp4 bdd194e5"],
  "webhooks--status-read.json": ["read"],
};

/** Samples that change the channel, its templates, or nothing. */
const accounts: Readonly<Record<string, Sight>> = {
  "account_review_update--account_review_update.json": ["channel as it was: account review: APPROVED"],
  "account_update--account_update-account_deleted.json": ["channel error: ACCOUNT_DELETED"],
  "account_update--account_update-account_violation.json": ["channel as it was: ACCOUNT_VIOLATION: ADULT"],
  "account_update--account_update-disabled_update.json": [
    "channel connected: DISABLED_UPDATE: REINSTATE: April 17, 2025",
  ],
  "call_settings--account_update-account_restriction.json": [
    "channel degraded: ACCOUNT_RESTRICTION: RESTRICTED_BUSINESS_INITIATED_CALLING",
  ],
  "manage_webhooks--phone_number_quality_update-flagged.json": [
    "channel degraded: number quality: FLAGGED: TIER_10K",
  ],
  "message_template_status_update--message_template_status_update-approved.json": [
    "template order_confirmation en_US APPROVED",
  ],
  "message_template_status_update--message_template_status_update-rejected.json": [
    "template abandoned_cart en REJECTED",
  ],
  "onboarding_business_app_users--account_update-account_offboarded.json": [
    "channel disconnected: ACCOUNT_OFFBOARDED",
  ],
  "onboarding_business_app_users--account_update-account_reconnected.json": [
    "channel connected: ACCOUNT_RECONNECTED",
  ],
  "onboarding_business_app_users--account_update-partner_removed.json": [
    "channel disconnected: PARTNER_REMOVED",
  ],
  "phone_number_name_update--phone_number_name_update.json": [
    "channel as it was: display name: Lucky Shrub: APPROVED",
  ],
  "security--security-pin_reset_request.json": ["channel as it was: security: PIN_RESET_REQUEST"],
  // No webhooks at all: pages of other parts of Meta's documentation.
  "flows_api--x.json": ["broken webhook.entry: Invalid input: expected array, received undefined"],
  "override--x.json": ["broken webhook.entry: Invalid input: expected array, received undefined"],
};

describe("every sample of Meta's documentation", () => {
  for (const [name, sight] of Object.entries({ ...conversations, ...accounts })) {
    test(`is understood: ${name}`, async () => {
      expect((await parseFixture(name)).flatMap(seen)).toEqual([...sight]);
    });
  }

  test("that is about a conversation stands in the list above", () => {
    const about = fixtures.filter((name) => /--(?:messages|status|echo|history)\b/.test(name));
    expect(about.filter((name) => !(name in conversations))).toEqual([]);
    expect(about.length).toBeGreaterThan(40);
  });

  test("of every other field is kept as ignored or as news of the channel, and never lost", async () => {
    const others = fixtures.filter((name) => !(name in conversations) && !(name in accounts));
    for (const name of others) {
      const kinds = new Set((await parseFixture(name)).map(({ kind }) => kind));
      const known = ["ignored", "channel-state", "template"].some((kind) =>
        kinds.has(kind as InboundItem["kind"]),
      );
      expect([name, kinds.size, known]).toEqual([name, 1, true]);
    }
  });

  test("that names a number is routed by it, every other by the account that it names", async () => {
    for (const name of fixtures) {
      const raw = await Bun.file(join(folder, name)).text();
      const entries = z
        .object({ entry: z.array(z.object({ id: idSchema })) })
        .safeParse([JSON.parse(raw)].flat()[0]);
      const account = entries.success ? entries.data.entry[0]?.id : undefined;
      const named = /"phone_number_id":\s*"([^"]+)"/.exec(raw)?.[1] ?? (account ? `account:${account}` : "");
      expect([name, ...new Set((await parseFixture(name)).map(({ route }) => route))]).toEqual([name, named]);
    }
  });
});
