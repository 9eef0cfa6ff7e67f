import { isIP } from "node:net";

/**
 * Readers of one setting's text, each with the words that tell a person what the text may be.
 * `read` gives `undefined` for a text that is not acceptable; it never throws.
 */
export interface ValueKind<T> {
  readonly expected: string;
  read(text: string): T | undefined;
}

/** A whole number from `min` to `max`, both included; no sign, no fraction, no exponent. */
export function wholeNumber(min: number, max: number): ValueKind<number> {
  return {
    expected: `a whole number from ${min} to ${max}`,
    read(text) {
      if (!/^\d{1,9}$/.test(text)) return undefined;
      const value = Number(text);
      return value >= min && value <= max ? value : undefined;
    },
  };
}

/** One of a few fixed words. */
export function oneOf<const T extends string>(...words: readonly T[]): ValueKind<T> {
  return { expected: words.join(", "), read: (text) => words.find((word) => word === text) };
}

export const yesOrNo: ValueKind<boolean> = {
  expected: "1 or 0",
  read(text) {
    if (text === "1" || text === "true") return true;
    if (text === "0" || text === "false") return false;
    return undefined;
  },
};

/** Any text that is not only blanks. */
export function words(expected: string): ValueKind<string> {
  return { expected, read: (text) => text.trim() || undefined };
}

/** Taken exactly as it is, blanks at its ends included. */
export const passPhrase: ValueKind<string> = {
  expected: "a password of 8 to 256 characters",
  read: (text) => (text.length >= 8 && text.length <= 256 ? text : undefined),
};

export const hostName: ValueKind<string> = {
  expected: "an address or a host name, as 127.0.0.1, ::1 or localhost",
  read: (text) => (isIP(text) || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text) ? text : undefined),
};

export const emailAddress: ValueKind<string> = {
  expected: "an e-mail address",
  read: (text) => (/^[^\s@]+@[^\s@]+$/.test(text) && text.length <= 254 ? text : undefined),
};

export const timeZone: ValueKind<string> = {
  expected: "a time zone of the IANA list, as America/Sao_Paulo",
  read(text) {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
    } catch {
      return undefined;
    }
  },
};

/** An http(s) address without query, fragment or credentials; given back without a slash at its end. */
export const webAddress: ValueKind<string> = {
  expected: "an address that begins with http:// or https://, without ? or #",
  read(text) {
    const url = webUrl(text);
    if (!url || url.search || url.hash) return undefined;
    return url.href.replace(/\/+$/, "");
  },
};

/** Commas between; each an origin as a browser sends it (`https://desk.example`), never `*`. */
export const originList: ValueKind<readonly string[]> = {
  expected: "origins with commas between, as https://desk.example (no path, and * is not one)",
  read: (text) =>
    listOf(text, (item) => {
      const url = webUrl(item);
      return url && (url.origin === item || `${url.origin}/` === item) ? url.origin : undefined;
    }),
};

/** Commas between; each an IP address or a range in CIDR form. */
export const networkList: ValueKind<readonly string[]> = {
  expected: "addresses or ranges with commas between, as 10.0.0.1,192.168.0.0/16",
  read: (text) => listOf(text, (item) => (isNetwork(item) ? item : undefined)),
};

function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function webUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  const isWeb = url?.protocol === "http:" || url?.protocol === "https:";
  return url && isWeb && !url.username && !url.password ? url : undefined;
}

function listOf<T>(text: string, read: (item: string) => T | undefined): readonly T[] | undefined {
  const values: T[] = [];
  for (const item of text.split(",").map((part) => part.trim())) {
    if (item === "") continue;
    const value = read(item);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}
