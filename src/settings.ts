import {
  emailAddress,
  hostName,
  networkList,
  oneOf,
  originList,
  passPhrase,
  timeZone,
  type ValueKind,
  webAddress,
  wholeNumber,
  words,
  yesOrNo,
} from "./lib/setting-values.ts";

/** A flag and its environment variable, which has the same name: `--log-level`, `BALCAO_LOG_LEVEL`. */
export interface Setting<T> {
  readonly flag: string;
  readonly kind: ValueKind<T>;
  /** For `--help`. */
  readonly about: string;
  /** Taken when neither the flag nor the variable is given; also shown by `--help`. */
  readonly byDefault?: string;
  readonly secret?: true;
}

/** What every command takes. */
export const settings = {
  port: {
    flag: "port",
    kind: wholeNumber(0, 65_535),
    about: "port to listen on; 0 takes a free one",
    byDefault: "3000",
  },
  host: { flag: "host", kind: hostName, about: "address to listen on", byDefault: "127.0.0.1" },
  dataDir: {
    flag: "data",
    kind: words("a folder"),
    about: "folder of the database, keys and files",
    byDefault: "./data",
  },
  publicUrl: { flag: "public-url", kind: webAddress, about: "address that people and providers use" },
  allowedOrigins: {
    flag: "allowed-origins",
    kind: originList,
    about: "other origins whose pages may use the API",
    byDefault: "",
  },
  trustedProxies: {
    flag: "trusted-proxies",
    kind: networkList,
    about: "proxies whose X-Forwarded-* is believed",
    byDefault: "",
  },
  logLevel: {
    flag: "log-level",
    kind: oneOf("debug", "info", "warn", "error"),
    about: "least important log line",
    byDefault: "info",
  },
  graphUrl: {
    flag: "graph-url",
    kind: webAddress,
    about: "Meta's Graph API",
    byDefault: "https://graph.facebook.com",
  },
  whatsappWebUrl: { flag: "whatsapp-web-url", kind: webAddress, about: "WhatsApp Web gateway" },
  allowPrivateUrls: {
    flag: "allow-private-urls",
    kind: yesOrNo,
    about: "let outgoing requests reach private addresses",
    byDefault: "0",
  },
  eventDays: {
    flag: "event-days",
    kind: wholeNumber(1, 365),
    about: "days that events are kept for reconnecting clients",
    byDefault: "7",
  },
  metrics: {
    flag: "metrics",
    kind: oneOf("loopback", "key"),
    about: "who may read /metrics",
    byDefault: "loopback",
  },
} as const satisfies Record<string, Setting<unknown>>;

/** What `setup` and `company add` take as well; `token` takes only the e-mail. */
export const companySettings = {
  company: { flag: "company", kind: words("the company's name"), about: "name of the company" },
  name: { flag: "name", kind: words("a person's name"), about: "name of its admin" },
  email: { flag: "email", kind: emailAddress, about: "e-mail of the admin" },
  password: { flag: "password", kind: passPhrase, about: "password of the admin", secret: true },
  locale: { flag: "locale", kind: oneOf("pt-BR", "en", "es"), about: "language", byDefault: "pt-BR" },
  timezone: { flag: "timezone", kind: timeZone, about: "time zone", byDefault: "America/Sao_Paulo" },
} as const satisfies Record<string, Setting<unknown>>;

/** What `demo` takes as well. */
export const demoSettings = {
  quiet: {
    flag: "quiet",
    kind: yesOrNo,
    about: "no sample customer writes by themselves",
    byDefault: "0",
  },
} as const satisfies Record<string, Setting<unknown>>;

/** The environment variable of a flag. */
export function variableOf(flag: string): string {
  return `BALCAO_${flag.toUpperCase().replaceAll("-", "_")}`;
}
