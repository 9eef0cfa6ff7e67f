import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "playwright-core";

import { Bakery, signIn } from "../tests/e2e/bakery.ts";
import { visit } from "../tests/e2e/visitor.ts";
import { openBrowser } from "../tests/support/browser.ts";
import { root } from "./paths.ts";

/** The pictures of the README, from the sample company of the built executable: `bun scripts/screenshots.ts`. */
interface Picture {
  readonly name: string;
  readonly scheme: "light" | "dark";
  readonly size: { readonly width: number; readonly height: number };
  compose(page: Page): Promise<void>;
}

const pictures: readonly Picture[] = [
  { name: "inbox", scheme: "light", size: { width: 1366, height: 768 }, compose: openCamila },
  { name: "inbox-dark", scheme: "dark", size: { width: 1366, height: 768 }, compose: openCamila },
  {
    name: "channel",
    scheme: "light",
    size: { width: 1366, height: 768 },
    async compose(page) {
      await page.goto("/settings/channels");
      await page.getByRole("main").getByRole("link", { name: "WhatsApp da padaria" }).click();
      await page.locator(".progress-step[data-state=done]").first().waitFor();
    },
  },
];

async function openCamila(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByTestId("conversation-row").filter({ hasText: "Camila Rocha" }).click();
  await page.getByRole("log", { name: "Mensagens" }).getByText("Acabei de fazer o Pix").waitFor();
  // The list went along to the row; a first look begins at its top.
  await page.evaluate("document.querySelector('.list-rows').scrollTo(0, 0)");
  // Pictures above the fold of the thread change nothing once they are there.
  await page.evaluate(
    "Promise.all([...document.images].map((image) => image.decode().catch(() => 0))).then(() => 0)",
  );
}

const folder = join(root, "docs");
await mkdir(folder, { recursive: true });
await using bakery = await Bakery.open();
await using browser = await openBrowser();
for (const { name, scheme, size, ...picture } of pictures) {
  const { page, context } = await visit(browser, {
    baseURL: bakery.url,
    colorScheme: scheme,
    viewport: size,
    deviceScaleFactor: 2,
    reducedMotion: "reduce",
  });
  await signIn(page);
  await picture.compose(page);
  await page.mouse.move(0, 0);
  const shot = new Bun.Image(await page.screenshot());
  await Bun.write(join(folder, `${name}.webp`), await shot.webp({ quality: 82 }).bytes());
  await context.close();
}
