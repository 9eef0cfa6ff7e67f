import { resolve } from "node:path";

import { type Arguments, readArguments, WrongUse } from "./lib/arguments.ts";
import type { LogLevel } from "./lib/logger.ts";
import { yesOrNo } from "./lib/setting-values.ts";
import { companySettings, demoSettings, type Setting, settings, variableOf } from "./settings.ts";

/** What the process was told, complete and frozen; see "Command line and configuration" in the HTTP contract. */
export interface Config {
  /** TCP port to listen on; 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Absolute path of the folder with the database, the keys and the attachments. */
  readonly dataDir: string;
  /** Where people and providers reach this server, without a slash at the end. */
  readonly publicUrl: string | undefined;
  /** Origins, beside our own, whose pages may call the API and open sockets. */
  readonly allowedOrigins: readonly string[];
  /** Addresses and CIDR ranges whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: LogLevel;
  readonly graphUrl: string;
  readonly whatsappWebUrl: string | undefined;
  /** Lets outgoing requests reach private addresses. */
  readonly allowPrivateUrls: boolean;
  /** How many days events are kept for clients that come back. */
  readonly eventDays: number;
  /** Who may read /metrics: requests from this machine and API keys, or API keys only. */
  readonly metrics: "loopback" | "key";
}

/** The company and its first admin, as `setup` and `company add` take them. */
export interface NewCompany {
  readonly company: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly locale: "pt-BR" | "en" | "es";
  readonly timezone: string;
}

export type Command =
  | { readonly name: "serve" }
  | { readonly name: "setup"; readonly company: NewCompany }
  | { readonly name: "company add"; readonly company: NewCompany }
  | { readonly name: "token"; readonly email: string }
  /** `isPortGiven`: another port must not be taken instead. `quiet`: the sample customers write only what is played. */
  | { readonly name: "demo"; readonly isPortGiven: boolean; readonly quiet: boolean }
  | { readonly name: "help" }
  | { readonly name: "version" };

export type ParsedConfig =
  | {
      readonly ok: true;
      readonly command: Command;
      readonly config: Config;
      readonly notices: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

const commandNames = ["serve", "setup", "company add", "token", "demo", "help", "version"] as const;
const everySetting: readonly Setting<unknown>[] = [
  ...Object.values(settings),
  ...Object.values(companySettings),
  ...Object.values(demoSettings),
];

/**
 * Reads the command line and the environment. A flag wins over its variable; an empty variable counts as none.
 * A wrong one gives a single line that names it, its value (secrets excepted) and what it may be.
 */
export function parseConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ParsedConfig {
  try {
    const given = readArguments(argv, {
      commands: commandNames,
      byDefault: "serve",
      flags: everySetting.map(({ flag, kind }) => ({ flag, takesValue: kind !== yesOrNo })),
    });
    refuseForeignFlags(given);
    const justText = given.command === "help" || given.command === "version";
    const source: Source = justText ? { flags: new Map(), env: {} } : { flags: given.flags, env };
    return {
      ok: true,
      command: commandFrom(given.command, source),
      config: configFrom(source),
      notices: notices(env),
    };
  } catch (error) {
    if (error instanceof WrongUse) return { ok: false, message: error.message };
    throw error;
  }
}

type CommandName = (typeof commandNames)[number];

interface Source {
  readonly flags: ReadonlyMap<string, string>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

function configFrom(source: Source): Config {
  return Object.freeze({
    port: required(settings.port, source),
    host: required(settings.host, source),
    dataDir: resolve(required(settings.dataDir, source)),
    publicUrl: optional(settings.publicUrl, source),
    allowedOrigins: Object.freeze(required(settings.allowedOrigins, source)),
    trustedProxies: Object.freeze(required(settings.trustedProxies, source)),
    logLevel: required(settings.logLevel, source),
    graphUrl: required(settings.graphUrl, source),
    whatsappWebUrl: optional(settings.whatsappWebUrl, source),
    allowPrivateUrls: required(settings.allowPrivateUrls, source),
    eventDays: required(settings.eventDays, source),
    metrics: required(settings.metrics, source),
  });
}

function commandFrom(name: CommandName, source: Source): Command {
  switch (name) {
    case "serve":
    case "help":
    case "version":
      return { name };
    case "demo":
      return {
        name,
        isPortGiven: isGiven(settings.port, source),
        quiet: required(demoSettings.quiet, source),
      };
    case "token":
      return { name, email: required(companySettings.email, source) };
    case "setup":
    case "company add":
      return { name, company: companyFrom(source) };
  }
}

function companyFrom(source: Source): NewCompany {
  return {
    company: required(companySettings.company, source),
    name: required(companySettings.name, source),
    email: required(companySettings.email, source),
    password: required(companySettings.password, source),
    locale: required(companySettings.locale, source),
    timezone: required(companySettings.timezone, source),
  };
}

function required<T>(setting: Setting<T>, source: Source): T {
  const value = optional(setting, source);
  if (value === undefined) {
    throw new WrongUse(
      `--${setting.flag} (or ${variableOf(setting.flag)}) is missing: give ${setting.kind.expected}`,
    );
  }
  return value;
}

function isGiven({ flag }: Setting<unknown>, { flags, env }: Source): boolean {
  return flags.has(flag) || Boolean(env[variableOf(flag)]);
}

function optional<T>(setting: Setting<T>, { flags, env }: Source): T | undefined {
  const variable = variableOf(setting.flag);
  const flag = flags.get(setting.flag);
  const text = flag ?? (env[variable] || setting.byDefault);
  if (text === undefined) return undefined;
  const value = setting.kind.read(text);
  if (value !== undefined) return value;
  const shown = setting.secret ? "(hidden)" : JSON.stringify(text);
  const name = flag === undefined ? `${variable}=` : `--${setting.flag} `;
  throw new WrongUse(`${name}${shown} is not valid: it may be ${setting.kind.expected}`);
}

function refuseForeignFlags({ command, flags }: Arguments<CommandName>): void {
  const takesAll =
    command === "setup" || command === "company add" || command === "help" || command === "version";
  for (const { flag } of Object.values(companySettings)) {
    const isTaken = takesAll || (command === "token" && flag === companySettings.email.flag);
    if (flags.has(flag) && !isTaken) throw foreign(flag, command);
  }
  for (const { flag } of Object.values(demoSettings)) {
    const isTaken = command === "demo" || command === "help" || command === "version";
    if (flags.has(flag) && !isTaken) throw foreign(flag, command);
  }
}

function foreign(flag: string, command: CommandName): WrongUse {
  return new WrongUse(`--${flag} does not belong to "balcao ${command}": see balcao --help`);
}

/** A misspelt variable would silently do nothing; it is told, not refused, since an older version may meet a newer one's. */
function notices(env: Source["env"]): string[] {
  const known = new Set(everySetting.map(({ flag }) => variableOf(flag)));
  return Object.keys(env)
    .filter((name) => name.startsWith("BALCAO_") && !known.has(name))
    .map((name) => `${name} is not a setting of this version and is ignored: see balcao --help`);
}
