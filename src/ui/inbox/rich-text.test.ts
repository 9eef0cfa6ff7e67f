import { describe, expect, test } from "bun:test";

import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";

import { parseRichText } from "./rich-text.ts";
import { RichText } from "./RichText.tsx";

const html = (text: string) => renderToStaticMarkup(createElement(RichText, { text }));

describe("WhatsApp's marks", () => {
  test.each([
    ["*negrito* e _itálico_ e ~riscado~", "<strong>negrito</strong> e <em>itálico</em> e <s>riscado</s>"],
    ["_*os dois*_", "<em><strong>os dois</strong></em>"],
    ["```const a = *1*;```", '<pre class="code">const a = *1*;</pre>'],
    ["use `npm`", "use <code>npm</code>"],
    ["2*3*4 = 24", "2*3*4 = 24"],
    ["nome_do_arquivo_final", "nome_do_arquivo_final"],
    ["* não * é negrito", "* não * é negrito"],
    ["*aberto\nsem fim*", "*aberto\nsem fim*"],
    ["**", "**"],
  ])("%s", (text, expected) => expect(html(text)).toBe(expected));
});

describe("links", () => {
  const linksOf = (text: string) =>
    parseRichText(text).flatMap((piece) => (piece.kind === "link" ? [piece.href] : []));

  test("http, https, bare www and mail addresses open safely", () => {
    expect(linksOf("veja https://a.example/x?y=1, www.b.example. ou c@d.example!")).toEqual([
      "https://a.example/x?y=1",
      "https://www.b.example/",
      "mailto:c@d.example",
    ]);
    expect(html("https://a.example")).toContain('rel="noopener noreferrer nofollow"');
  });

  test("other schemes stay text", () => {
    for (const text of ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]) {
      expect(linksOf(text)).toEqual([]);
    }
  });
});

test("hostile texts come out as the text that was typed", () => {
  const payloads = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "*<b onmouseover=alert(1)>x</b>*",
    "```</pre><script>alert(1)</script>```",
    'https://a.example/"onmouseover="alert(1)',
    "https://a.example/<script>",
    "[x](javascript:alert(1))",
    "&lt;script&gt;",
  ];
  for (const payload of payloads) {
    const out = html(payload);
    expect(out).not.toMatch(/<(?!\/?(?:strong|em|s|a|code|pre)\b)/);
    expect(out).not.toMatch(/<[^>]*\son\w+=/i);
    expect(out).not.toMatch(/href="(?!https?:|mailto:)/);
  }
});

test("no text takes long, however its marks are nested", () => {
  const started = performance.now();
  for (const text of ["*".repeat(4096), "*a ".repeat(1365), "_~*`".repeat(1024), "https://".repeat(500)]) {
    parseRichText(text);
  }
  expect(performance.now() - started).toBeLessThan(500);
});
