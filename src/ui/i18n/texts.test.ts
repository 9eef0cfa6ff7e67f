import { describe, expect, test } from "bun:test";

import { channelsEn } from "../settings/channels/texts/en.ts";
import { channelsEs } from "../settings/channels/texts/es.ts";
import { channelsPtBr } from "../settings/channels/texts/pt-br.ts";
import { settingsEn } from "../settings/texts/en.ts";
import { settingsEs } from "../settings/texts/es.ts";
import { settingsPtBr } from "../settings/texts/pt-br.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { ptBr } from "./pt-br.ts";

const namespaces = {
  translation: { ptBr, en, es },
  settings: { ptBr: settingsPtBr, en: settingsEn, es: settingsEs },
  channels: { ptBr: channelsPtBr, en: channelsEn, es: channelsEs },
};

/** `inbox.title` → text, all the way down. */
function flat(texts: object, path = ""): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
      typeof value === "object" && value !== null
        ? [...flat(value, `${path}${key}.`)]
        : [[`${path}${key}`, String(value)] as const],
    ),
  );
}

/** What is filled in, and what is a link or stressed: `{{name}}`, `<b>`. */
const parts = (text: string) =>
  [...text.matchAll(/\{\{\w+\}\}|<\/?\w+>/g)].map(([part]) => part).toSorted((a, b) => a.localeCompare(b));

for (const [namespace, { ptBr: first, ...others }] of Object.entries(namespaces)) {
  describe(`the texts of ${namespace}`, () => {
    for (const [name, texts] of Object.entries(others)) {
      test(`${name} has the keys of Portuguese, no more and no fewer`, () => {
        expect([...flat(texts).keys()].toSorted()).toEqual([...flat(first).keys()].toSorted());
      });

      test(`${name} fills in the same values, and marks as much, as Portuguese`, () => {
        const own = flat(texts);
        for (const [key, text] of flat(first)) {
          expect([key, parts(own.get(key) ?? "")]).toEqual([key, parts(text)]);
        }
      });
    }

    test("are never empty, and none has an exclamation mark", () => {
      for (const texts of [first, ...Object.values(others)]) {
        for (const [key, text] of flat(texts)) {
          expect([key, text.trim() === ""]).toEqual([key, false]);
          expect([key, text.includes("!")]).toEqual([key, false]);
        }
      }
    });
  });
}
