import { join } from "node:path";

import { type DialectName, dialectNames } from "../src/realtime/dialect.ts";
import { documentOf } from "./wire-docs.ts";

const about: Readonly<Record<DialectName, string>> = {
  conversations: "Plain WebSocket; what the agent UI speaks, and the one to begin with.",
  atendimento: "Socket.IO in the namespace /atendimento, for front ends of ConectCRM.",
  pytake: "Socket.IO in the default namespace, for front ends of PyTake.",
  syszap: "Plain WebSocket at /ws, for front ends of SysZap.",
};

/** Writes the documents of the dialects as pages into `folder`, with a first page that leads to them. */
export async function writeDocs(folder: string): Promise<void> {
  const links = dialectNames.map(
    (name) => `<dt><a href="/docs/${name}.html">${name}</a></dt><dd>${about[name]}</dd>`,
  );
  const api = '<p>The HTTP API stands in its <a href="/api/docs">own pages</a>.</p>';
  await Bun.write(
    join(folder, "index.html"),
    page(
      "Realtime",
      `<h1>Realtime</h1><p>One stream of events, four dialects.</p><dl>${links.join("")}</dl>${api}`,
    ),
  );
  for (const name of dialectNames) {
    const html = Bun.markdown.html(await Bun.file(documentOf(name)).text());
    await Bun.write(join(folder, `${name}.html`), page(name, html));
  }
}

function page(title: string, content: string): string {
  const links = ["index", ...dialectNames].map((name) =>
    name === "index" ? '<a href="/docs">Realtime</a>' : `<a href="/docs/${name}.html">${name}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Balcão: ${title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<nav aria-label="Documents"><a href="/">Balcão</a> ${links.join(" ")}</nav>
<main>
${content}</main>
</body>
</html>
`;
}
