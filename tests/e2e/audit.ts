import { readFile } from "node:fs/promises";

import type { Page } from "playwright-core";
import { z } from "zod";

const axe = await readFile(Bun.resolveSync("axe-core/axe.min.js", import.meta.dir), "utf8");

const results = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      help: z.string(),
      nodes: z.array(z.object({ target: z.array(z.unknown()), failureSummary: z.string().optional() })),
    }),
  ),
});

/** WCAG 2.2 AA, and what else axe counts as good practice: landmarks, headings, order. */
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What keeps people from using this page as it is now, one line each; none is right. */
export async function barriersOn(page: Page): Promise<string[]> {
  // Through the debugger, as the page's own policy lets no foreign script in.
  await page.evaluate(`${axe}; 0`);
  await settled(page);
  const found = await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(rules)}, resultTypes: ["violations"] })`,
  );
  return results
    .parse(found)
    .violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary = "" }) =>
        [id, help, JSON.stringify(target), failureSummary.replaceAll(/\s+/g, " ")].join(" | "),
      ),
    );
}

/** What is wider than its place, so that one would have to scroll sideways; as selectors of a sort. Runs in the page. */
const wide = `[...document.querySelectorAll("html, body, body *")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
  .filter((one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX) || one === document.documentElement)
  .map((one) => [one.tagName.toLowerCase(), one.className, one.scrollWidth - one.clientWidth].join(" "))`;

/** Everything on the page that scrolls sideways, with by how many pixels; none is right. */
export async function sidewaysOn(page: Page): Promise<string[]> {
  return z.array(z.string()).parse(await page.evaluate(wide));
}

/** Fades and movements are over: half a fade has half a contrast. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    "Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity).map((one) => one.finished)).then(() => 0)",
  );
}
