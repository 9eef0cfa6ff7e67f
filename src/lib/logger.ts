import { type Clock, systemClock } from "./clock.ts";
import { redact, redactText } from "./redact.ts";

const ranks = { debug: 10, info: 20, warn: 30, error: 40 } as const;

export type LogLevel = keyof typeof ranks;

/** What stands beside the message; secrets in it are hidden (see `redact`), an `Error` is written with its stack. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Structured logs. Messages are fixed texts in lower case; what differs goes into the fields. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds these fields to every line, as `{ request_id }`. */
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  /** Lines below it are dropped. */
  readonly level?: LogLevel;
  /** `text` for a person at a terminal, `json` (one object a line) for everything else. */
  readonly format?: "text" | "json";
  readonly clock?: Clock;
  /** Takes one line without its end. Standard error, since standard output belongs to `listening on …`. */
  readonly write?: (line: string) => void;
}

/** Never throws: a log line that can't be written is lost, the work that wrote it goes on. */
export function createLogger(options: LoggerOptions = {}): Logger {
  const { level = "info", clock = systemClock, write = writeToStandardError } = options;
  const format = options.format ?? (process.stderr.isTTY ? "text" : "json");
  const encode = format === "text" ? encodeText : encodeJson;

  function withFields(common: LogFields): Logger {
    const at = (line: LogLevel) => (message: string, fields?: LogFields) => {
      if (ranks[line] < ranks[level]) return;
      write(
        encode({
          now: clock.now(),
          level: line,
          message: redactText(message),
          fields: safeFields(common, fields),
        }),
      );
    };
    return {
      debug: at("debug"),
      info: at("info"),
      warn: at("warn"),
      error: at("error"),
      child: (fields) => withFields({ ...common, ...fields }),
    };
  }
  return withFields({});
}

/** For tests and for code whose logs nobody wants. */
export const silentLogger: Logger = createLogger({ write: () => undefined });

interface Line {
  readonly now: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Record<string, unknown>;
}

function safeFields(common: LogFields, fields: LogFields | undefined): Record<string, unknown> {
  try {
    const safe = redact({ ...common, ...fields });
    return typeof safe === "object" && safe !== null ? { ...safe } : {};
  } catch {
    // A getter or proxy that throws.
    return { fields: "[unreadable]" };
  }
}

function encodeJson({ now, level, message, fields }: Line): string {
  return JSON.stringify({ time: new Date(now).toISOString(), level, message, ...withoutReserved(fields) });
}

/** A field named like one of the line's own must not replace it. */
function withoutReserved(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      ["time", "level", "message"].includes(key) ? `${key}_` : key,
      value,
    ]),
  );
}

const colours = { debug: 90, info: 36, warn: 33, error: 31 } as const;

function encodeText({ now, level, message, fields }: Line): string {
  const time = new Date(now).toISOString().slice(11, 23);
  const stacks: string[] = [];
  const pairs = Object.entries(fields).map(([key, value]) => {
    const text = textOf(value);
    if (hasStack(value)) stacks.push(value.stack);
    return ` ${key}=${printable(text)}`;
  });
  const colour = (code: number, text: string) => `\x1b[${code}m${text}\x1b[0m`;
  const head = `${colour(90, time)} ${colour(colours[level], level.padEnd(5))} ${printable(message)}${colour(90, pairs.join(""))}`;
  return [head, ...stacks.map((stack) => stack.split("\n").map(printable).join("\n"))].join("\n");
}

function textOf(value: unknown): string {
  if (hasStack(value)) return `${value.name}: ${value.message}`;
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
}

function hasStack(value: unknown): value is { name: string; message: string; stack: string } {
  return typeof value === "object" && value !== null && "stack" in value && typeof value.stack === "string";
}

/** Control characters of a customer's text must not forge lines or steer the terminal. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) =>
    JSON.stringify(character).slice(1, -1),
  );
}

function writeToStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}
