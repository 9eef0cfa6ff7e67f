import { join } from "node:path";

import { chromium } from "playwright-core";

import { publicDir } from "./paths.ts";

/** Draws the PNG icons anew from the SVG ones; the results are committed, since this needs Chromium on PATH. */
const icons = [
  { from: "favicon.svg", to: "icons/icon-192.png", size: 192 },
  { from: "favicon.svg", to: "icons/icon-512.png", size: 512 },
  { from: "icons/maskable.svg", to: "icons/maskable-512.png", size: 512 },
  { from: "icons/maskable.svg", to: "icons/apple-touch-icon.png", size: 180 },
];

const executablePath = Bun.which("chromium");
if (executablePath === null) throw new Error("chromium is not on PATH");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
for (const { from, to, size } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const image = Buffer.from(await Bun.file(join(publicDir, from)).bytes()).toString("base64");
  await page.setContent(
    `<style>body{margin:0}img{display:block;width:100vw;height:100vh}</style><img src="data:image/svg+xml;base64,${image}">`,
  );
  await page.screenshot({ path: join(publicDir, to), omitBackground: true });
  await page.close();
}
await browser.close();
