import type { Page } from "playwright-core";

import { eventually } from "../support/wait.ts";

/** A screen of who is signed in; it is found in every language. */
export interface Screen {
  readonly name: string;
  /** Brings the page there, and settles once what belongs on the screen is there. */
  open(page: Page): Promise<void>;
}

/** What the owner of a shop sees of the product. */
export const screens: readonly Screen[] = [
  {
    name: "inbox",
    async open(page) {
      await page.goto("/");
      await page.getByTestId("conversation-row").nth(3).waitFor();
    },
  },
  {
    name: "thread",
    async open(page) {
      await page.goto("/");
      await page.getByTestId("conversation-row").filter({ hasText: "Camila Rocha" }).click();
      await page.getByTestId("message").last().waitFor();
    },
  },
  {
    name: "contacts",
    async open(page) {
      await page.goto("/contacts");
      await page.getByRole("main").getByText("Dona Ivone").first().waitFor();
    },
  },
  at("profile", "/settings/profile"),
  at("company", "/settings/company"),
  at("channels", "/settings/channels"),
  {
    name: "channel",
    async open(page) {
      await page.goto("/settings/channels");
      await page.getByRole("main").getByRole("link", { name: "WhatsApp da padaria" }).click();
      await page.locator(".progress-step[data-state=done]").first().waitFor();
    },
  },
  at("new channel", "/settings/channels/new"),
  at("users", "/settings/users"),
  at("queues", "/settings/queues"),
  at("labels", "/settings/labels"),
  at("keys", "/settings/api-keys"),
  at("monitor", "/settings/monitor"),
];

/** A screen that an address leads to; it is there with its heading and without skeletons. */
function at(name: string, path: string): Screen {
  return {
    name,
    async open(page) {
      await page.goto(path);
      await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
      // Asked from here each time: a function that waits inside the page is evaluated there, which its policy forbids.
      const waiting = page.locator(".skeleton, [aria-busy=true]");
      await eventually(`all of ${name}`, async () => (await waiting.count()) === 0);
    },
  };
}
