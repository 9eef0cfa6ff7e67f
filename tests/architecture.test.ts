import { describe, expect, test } from "bun:test";

import { importsOf } from "./support/imports.ts";
import { isForTests, literalsOf, type SourceFile, sourceFiles } from "./support/source.ts";

const base = ["contract", "lib", "config", "db", "events", "auth"] as const;
const slices = [...base, "domain"] as const;
const server = [...slices, "channels", "realtime", "http"] as const;

/** Who may import whom, in the order of the spine. The demo may import anything, and only `cli` the demo. */
const mayImport = {
  contract: [],
  lib: [],
  config: ["lib"],
  db: ["contract", "lib"],
  events: ["contract", "lib", "db"],
  auth: ["contract", "lib", "config", "db", "events"],
  domain: base,
  channels: slices,
  realtime: slices,
  http: slices,
  compose: server,
  demo: [...server, "compose"],
  cli: [...server, "compose", "demo"],
  ui: ["contract"],
} as const satisfies Record<string, readonly string[]>;

type Layer = keyof typeof mayImport;

/** Files that stand directly in `src/`. */
const topFiles: Readonly<Record<string, Layer>> = {
  "main.ts": "cli",
  "config.ts": "config",
  "settings.ts": "config",
};

/** Folders whose subfolders know nothing of each other; in a noun of the domain that goes for its routes only. */
const siblings = [
  /^src\/channels\/([\w-]+)\//,
  /^src\/realtime\/dialects\/([\w-]+)\//,
  /^src\/domain\/([\w-]+)\/routes\.ts$/,
];

const source = await sourceFiles("src/**/*.{ts,tsx}");
const product = source.filter(({ path }) => !isForTests(path));
const everything = [
  ...source,
  ...(await sourceFiles("{tests,scripts}/**/*.{ts,tsx}")),
  ...(await sourceFiles("src/**/*.{sql,css}")),
];

function layerOf(path: string): Layer | undefined {
  const [, first = ""] = path.split("/");
  return topFiles[first] ?? layers().find((layer) => layer === first);
}

function layers(): Layer[] {
  return Object.keys(mayImport).filter((name): name is Layer => name in mayImport);
}

/** One line for each thing that is wrong, so that a failure names them all. */
function findings(files: readonly SourceFile[], look: (file: SourceFile) => readonly string[]): string[] {
  return files.flatMap((file) => look(file).map((what) => `${file.path} ${what}`));
}

describe("imports", () => {
  test("every file belongs to a layer", () => {
    expect(product.map(({ path }) => path).filter((path) => layerOf(path) === undefined)).toEqual([]);
  });

  test("follow the spine, in one direction", () => {
    const wrong = findings(product, (file) => {
      const layer = layerOf(file.path);
      if (layer === undefined) return [];
      const allowed: readonly string[] = [layer, ...mayImport[layer]];
      return importsOf(file).filter(
        (target) => target.startsWith("src/") && !allowed.includes(layerOf(target) ?? "none"),
      );
    });
    expect(wrong).toEqual([]);
  });

  test("do not reach outside src", () => {
    const wrong = findings(product, (file) =>
      importsOf(file).filter((target) => /^(?:\.\.|tests|scripts|public|dist)\b/.test(target)),
    );
    expect(wrong).toEqual([]);
  });

  test("channels, dialects and routes do not know their siblings", () => {
    const wrong = findings(product, (file) =>
      siblings.flatMap((pattern) => {
        const own = pattern.exec(file.path)?.[1];
        if (own === undefined) return [];
        return importsOf(file).filter((target) => (pattern.exec(target)?.[1] ?? own) !== own);
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("name the file with its ending", () => {
    const wrong = findings(everything, (file) =>
      importsOf(file).filter(
        (target) => /^(?:src|tests|scripts)\//.test(target) && !/\.(?:tsx?|css|sql|json)$/.test(target),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test("the UI brings no zod to the browser", () => {
    const inBrowser = product.filter(({ path }) => /^src\/(?:ui|contract)\//.test(path));
    expect(findings(inBrowser, (file) => importsOf(file).filter((name) => /zod/.test(name)))).toEqual([]);
  });
});

test("SQL stands in store files, migrations and the storage layer only", () => {
  const sql =
    /^\s*(?:SELECT\s|INSERT\s+(?:OR|INTO)\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|WITH\s+\w+.*\sAS\s*\(|CREATE\s+(?:TABLE|INDEX|VIEW|TRIGGER|UNIQUE|VIRTUAL)\b|PRAGMA\s)/;
  const elsewhere = product.filter(({ path }) => !/^src\/db\/|store\.ts$/.test(path));
  const wrong = findings(elsewhere, ({ text }) =>
    literalsOf(text)
      .filter(({ parts }) => sql.test(parts[0] ?? ""))
      .map(({ line }) => `line ${line}`),
  );
  expect(wrong).toEqual([]);
});

describe("files", () => {
  test("are short enough to be read at once", () => {
    const wrong = findings(everything, ({ text }) => {
      const lines = text.split("\n").length - 1;
      return lines > 400 ? [`has ${lines} lines`] : [];
    });
    expect(wrong).toEqual([]);
  });

  test("are mostly under 250 lines", () => {
    const long = product.filter(({ text }) => text.split("\n").length > 251).map(({ path }) => path);
    expect(long.length / Math.max(product.length, 1)).toBeLessThan(0.05);
  });

  test("have kebab-case names, components PascalCase ones", () => {
    const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test|\.d)?\.(?:ts|sql|css)$/;
    const component = /^(?:main|[A-Z][A-Za-z0-9]*)(?:\.test)?\.tsx$/;
    const wrong = findings(everything, ({ path }) => {
      const name = path.slice(path.lastIndexOf("/") + 1);
      return kebab.test(name) || component.test(name) ? [] : ["is not named by the rule"];
    });
    expect(wrong).toEqual([]);
  });

  test("export by name", () => {
    // A declaration of what a `.sql` import gives can't but say "default".
    const files = everything.filter(({ path }) => !path.endsWith(".d.ts"));
    expect(
      findings(files, ({ text }) => (/^export default\b/m.test(text) ? ["exports a default"] : [])),
    ).toEqual([]);
  });

  test("write to the console only from the command line", () => {
    const quiet = product.filter(({ path }) => !path.startsWith("src/cli/"));
    const wrong = findings(quiet, ({ text }) =>
      /^[^*/"`]*\bconsole\.\w+\(/m.test(text) ? ["writes to the console"] : [],
    );
    expect(wrong).toEqual([]);
  });
});
