import { describe, expect, test } from "bun:test";
import { resolve } from "node:path";

import { type Config, parseConfig, type ParsedConfig } from "./config.ts";
import { settings, variableOf } from "./settings.ts";

function configOf(argv: readonly string[], env: Record<string, string> = {}): Config {
  const parsed = parseConfig(argv, env);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.config;
}

function refusal(parsed: ParsedConfig): string {
  if (parsed.ok) throw new Error(`accepted: ${JSON.stringify(parsed)}`);
  expect(parsed.message).not.toContain("\n");
  return parsed.message;
}

test("with nothing said, the server is for this machine only and keeps its data beside it", () => {
  const parsed = parseConfig([], {});
  expect(parsed).toEqual({
    ok: true,
    command: { name: "serve" },
    notices: [],
    config: {
      port: 3000,
      host: "127.0.0.1",
      dataDir: resolve("data"),
      publicUrl: undefined,
      allowedOrigins: [],
      trustedProxies: [],
      logLevel: "info",
      graphUrl: "https://graph.facebook.com",
      whatsappWebUrl: undefined,
      allowPrivateUrls: false,
      eventDays: 7,
      metrics: "loopback",
    },
  });
});

test("the configuration can't be changed once it is read", () => {
  const config = configOf(["--allowed-origins", "https://desk.example"]);
  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.isFrozen(config.allowedOrigins)).toBe(true);
});

describe("a flag and its environment variable", () => {
  const values: Record<keyof typeof settings, string> = {
    port: "8080",
    host: "::1",
    dataDir: "/var/lib/balcao",
    publicUrl: "https://desk.example",
    allowedOrigins: "https://a.example, https://b.example:8443",
    trustedProxies: "10.0.0.1,fd00::/8",
    logLevel: "debug",
    graphUrl: "http://127.0.0.1:9999",
    whatsappWebUrl: "http://gateway:8080",
    allowPrivateUrls: "1",
    eventDays: "30",
    metrics: "key",
  };

  for (const [key, setting] of Object.entries(settings)) {
    const value = Object.entries(values).find(([name]) => name === key)?.[1] ?? "";
    test(`--${setting.flag} and ${variableOf(setting.flag)} mean the same`, () => {
      const flag =
        setting.flag === "allow-private-urls" ? [`--${setting.flag}`] : [`--${setting.flag}`, value];
      const byFlag = configOf(flag);
      expect(byFlag).toEqual(configOf([], { [variableOf(setting.flag)]: value }));
      expect(byFlag).toEqual(configOf([`--${setting.flag}=${value}`]));
      expect(byFlag).not.toEqual(configOf([]));
    });
  }

  test("lists are taken apart at their commas", () => {
    const config = configOf([], {
      BALCAO_ALLOWED_ORIGINS: values.allowedOrigins,
      BALCAO_TRUSTED_PROXIES: values.trustedProxies,
    });
    expect(config.allowedOrigins).toEqual(["https://a.example", "https://b.example:8443"]);
    expect(config.trustedProxies).toEqual(["10.0.0.1", "fd00::/8"]);
  });

  test("the flag wins", () => {
    expect(configOf(["serve", "--port", "1"], { BALCAO_PORT: "2" }).port).toBe(1);
    expect(configOf(["--allow-private-urls=0"], { BALCAO_ALLOW_PRIVATE_URLS: "1" }).allowPrivateUrls).toBe(
      false,
    );
  });

  test("an empty variable counts as none", () => {
    expect(configOf([], { BALCAO_PORT: "", BALCAO_PUBLIC_URL: "" })).toEqual(configOf([]));
  });

  test("a public address is kept without a slash at its end", () => {
    expect(configOf(["--public-url", "https://shop.example/desk/"]).publicUrl).toBe(
      "https://shop.example/desk",
    );
  });
});

describe("a wrong value is refused in one line that names it and says what it may be", () => {
  const wrong: readonly (readonly [variable: string, value: string, expected: string])[] = [
    ["BALCAO_PORT", "http", "a whole number from 0 to 65535"],
    ["BALCAO_PORT", "65536", "a whole number from 0 to 65535"],
    ["BALCAO_PORT", "-1", "a whole number from 0 to 65535"],
    ["BALCAO_PORT", "1e3", "a whole number from 0 to 65535"],
    ["BALCAO_HOST", "not a host", "an address or a host name"],
    ["BALCAO_DATA", "   ", "a folder"],
    ["BALCAO_PUBLIC_URL", "desk.example", "http:// or https://"],
    ["BALCAO_PUBLIC_URL", "https://desk.example/?a=1", "http:// or https://"],
    ["BALCAO_ALLOWED_ORIGINS", "*", "* is not one"],
    ["BALCAO_ALLOWED_ORIGINS", "https://a.example,https://b.example/path", "no path"],
    ["BALCAO_TRUSTED_PROXIES", "10.0.0.0/33", "addresses or ranges"],
    ["BALCAO_TRUSTED_PROXIES", "proxy.example", "addresses or ranges"],
    ["BALCAO_LOG_LEVEL", "verbose", "debug, info, warn, error"],
    ["BALCAO_GRAPH_URL", "ftp://graph.example", "http:// or https://"],
    ["BALCAO_GRAPH_URL", "https://me:secret@graph.example", "http:// or https://"],
    ["BALCAO_WHATSAPP_WEB_URL", "gateway", "http:// or https://"],
    ["BALCAO_ALLOW_PRIVATE_URLS", "maybe", "1 or 0"],
    ["BALCAO_EVENT_DAYS", "0", "a whole number from 1 to 365"],
    ["BALCAO_METRICS", "everyone", "loopback, key"],
  ];
  for (const [variable, value, expected] of wrong) {
    test(`${variable}=${value}`, () => {
      const message = refusal(parseConfig([], { [variable]: value }));
      expect(message).toContain(`${variable}=${JSON.stringify(value)}`);
      expect(message).toContain(expected);
    });
  }

  test("the flag is named when the flag was wrong", () => {
    expect(refusal(parseConfig(["--port", "x"], { BALCAO_PORT: "1" }))).toContain('--port "x"');
  });
});

describe("a wrong command line is refused in one line", () => {
  const wrong: readonly (readonly [argv: readonly string[], words: string])[] = [
    [["--prot", "3000"], "--prot is not a flag, did you mean --port?"],
    [["--xyzzy"], "--xyzzy is not a flag: see balcao --help"],
    [["-x"], "-x is not a flag"],
    [["serv"], '"serv" is not a command, did you mean serve?'],
    [["company"], '"company" is not a command, did you mean company add?'],
    [["serve", "now"], '"serve now" is not a command'],
    [["--port"], "--port needs a value"],
    [["--port", "--host", "::1"], "--port needs a value"],
    [["--port", "1", "--port=2"], "--port is given twice"],
    [["serve", "--email", "a@b.example"], '--email does not belong to "balcao serve"'],
    [["token", "--email", "a@b.example", "--company", "x"], '--company does not belong to "balcao token"'],
    [["token"], "--email (or BALCAO_EMAIL) is missing"],
    [["setup", "--company", "Padaria"], "--name (or BALCAO_NAME) is missing"],
  ];
  for (const [argv, text] of wrong) {
    test(argv.join(" "), () => expect(refusal(parseConfig(argv, {}))).toContain(text));
  }
});

describe("commands", () => {
  const admin = [
    "--company",
    "Padaria Pão Quente",
    "--name",
    "Ana",
    "--email",
    "ana@padaria.example",
    "--password",
    " a b c d ",
  ];

  test("setup and company add take the company and its admin, Portuguese and São Paulo unless told", () => {
    const company = {
      company: "Padaria Pão Quente",
      name: "Ana",
      email: "ana@padaria.example",
      password: " a b c d ",
      locale: "pt-BR",
      timezone: "America/Sao_Paulo",
    };
    expect(parseConfig(["setup", ...admin], {})).toMatchObject({
      ok: true,
      command: { name: "setup", company },
    });
    const added = parseConfig(
      ["company", "add", ...admin, "--locale", "es", "--timezone", "America/Lima"],
      {},
    );
    expect(added).toMatchObject({
      ok: true,
      command: { name: "company add", company: { ...company, locale: "es", timezone: "America/Lima" } },
    });
  });

  test("the password can stay off the process list", () => {
    const parsed = parseConfig(["setup", ...admin.slice(0, 6)], { BALCAO_PASSWORD: "hunter22" });
    expect(parsed).toMatchObject({ ok: true, command: { company: { password: "hunter22" } } });
  });

  test("a refused password is not shown", () => {
    const message = refusal(parseConfig(["setup", ...admin.slice(0, 6), "--password="], {}));
    expect(message).toBe("--password (hidden) is not valid: it may be a password of 8 to 256 characters");
  });

  test("a wrong time zone, language or e-mail is refused", () => {
    for (const [flag, value] of [
      ["timezone", "Brazil"],
      ["locale", "pt"],
      ["email", "ana"],
    ] as const) {
      const rest =
        flag === "email"
          ? admin.filter((word) => word !== "--email" && word !== "ana@padaria.example")
          : admin;
      expect(refusal(parseConfig(["setup", ...rest, `--${flag}`, value], {}))).toContain(
        `--${flag} "${value}"`,
      );
    }
  });

  test("token takes an e-mail", () => {
    expect(parseConfig(["token", "--email", "ana@padaria.example"], {})).toMatchObject({
      command: { name: "token", email: "ana@padaria.example" },
    });
  });

  test("help and version are asked for in either way, whatever else is said", () => {
    for (const argv of [["--help"], ["-h"], ["help"], ["serve", "--help"], ["setup", "-h", "--port", "1"]]) {
      expect(parseConfig(argv, {})).toMatchObject({ ok: true, command: { name: "help" } });
    }
    for (const argv of [["--version"], ["-v"], ["version"]]) {
      expect(parseConfig(argv, {})).toMatchObject({ ok: true, command: { name: "version" } });
    }
  });

  test("a wrong variable does not stand in the way of the help", () => {
    expect(parseConfig(["--help"], { BALCAO_PORT: "x" })).toMatchObject({
      ok: true,
      command: { name: "help" },
    });
  });

  test("demo knows whether it must keep to its port, and whether its customers keep quiet", () => {
    const commandOf = (argv: readonly string[], env: Record<string, string> = {}) => {
      const parsed = parseConfig(argv, env);
      return parsed.ok ? parsed.command : parsed.message;
    };
    const demo = { name: "demo", isPortGiven: false, quiet: false } as const;
    expect(commandOf(["demo"])).toEqual(demo);
    expect(commandOf(["demo", "--port", "3000"])).toEqual({ ...demo, isPortGiven: true });
    expect(commandOf(["demo"], { BALCAO_PORT: "3000" })).toEqual({ ...demo, isPortGiven: true });
    expect(commandOf(["demo", "--quiet"])).toEqual({ ...demo, quiet: true });
    expect(commandOf(["serve", "--quiet"])).toBe(
      '--quiet does not belong to "balcao serve": see balcao --help',
    );
  });

  test("demo and serve need nothing more", () => {
    expect(parseConfig(["demo", "--port", "0"], {})).toMatchObject({
      command: { name: "demo" },
      config: { port: 0 },
    });
    expect(parseConfig(["serve"], {})).toMatchObject({ command: { name: "serve" } });
  });
});

test("a variable that this version does not know is told, not silently ignored", () => {
  const parsed = parseConfig([], { BALCAO_PROT: "80", HOME: "/root" });
  expect(parsed).toMatchObject({ ok: true });
  expect(parsed.ok && parsed.notices).toEqual([expect.stringContaining("BALCAO_PROT is not a setting")]);
});
