/** The command line can't be understood; the message is one line for the person who typed it. */
export class WrongUse extends Error {
  override readonly name = "WrongUse";
}

/** A command line in parts: flags without their dashes; a switch without a value has "1". */
export interface Arguments<C extends string> {
  readonly command: C;
  readonly flags: ReadonlyMap<string, string>;
}

export interface Grammar<C extends string> {
  /** Names of one or two words; `help` and `version` are also taken as `--help`, `-h`, `--version`, `-v`. */
  readonly commands: readonly C[];
  readonly byDefault: C;
  readonly flags: readonly { readonly flag: string; readonly takesValue: boolean }[];
}

const shortForms: Readonly<Record<string, string>> = {
  "-h": "help",
  "--help": "help",
  "-v": "version",
  "--version": "version",
};

/**
 * Takes the words after the executable's name apart: `[command] [--flag value | --flag=value | --switch]…`.
 * @throws {WrongUse} for an unknown command or flag, a flag given twice, or one without its value.
 */
export function readArguments<C extends string>(argv: readonly string[], grammar: Grammar<C>): Arguments<C> {
  const flags = new Map<string, string>();
  const names: string[] = [];
  let asked: string | undefined;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const short = shortForms[word];
    if (short !== undefined) asked ??= short;
    else if (word.startsWith("-")) at += readFlag(argv.slice(at), grammar, flags);
    else names.push(word);
  }
  const typed = asked ?? (names.length === 0 ? grammar.byDefault : names.join(" "));
  const command = grammar.commands.find((name) => name === typed);
  if (command !== undefined) return { command, flags };
  throw new WrongUse(`"${typed}" is not a command${suggestion(typed, grammar.commands)}: see balcao --help`);
}

/** Puts the first flag of `rest` into `flags`; returns how many words after it were its value. */
function readFlag(rest: readonly string[], grammar: Grammar<string>, flags: Map<string, string>): 0 | 1 {
  const [word = "", next] = rest;
  const equals = word.indexOf("=");
  const name = (equals < 0 ? word : word.slice(0, equals)).replace(/^--/, "");
  const known = grammar.flags.find(({ flag }) => flag === name);
  if (!known) {
    const like = suggestion(
      name,
      grammar.flags.map(({ flag }) => flag),
      "--",
    );
    throw new WrongUse(
      `${equals < 0 ? word : word.slice(0, equals)} is not a flag${like}: see balcao --help`,
    );
  }
  if (flags.has(name)) throw new WrongUse(`--${name} is given twice`);
  if (equals >= 0) flags.set(name, word.slice(equals + 1));
  else if (!known.takesValue) flags.set(name, "1");
  else if (next === undefined || next.startsWith("--")) throw new WrongUse(`--${name} needs a value`);
  else {
    flags.set(name, next);
    return 1;
  }
  return 0;
}

function suggestion(typed: string, known: readonly string[], prefix = ""): string {
  const near = known.find((name) => name.startsWith(typed) || distance(typed, name) <= 2);
  return near === undefined ? "" : `, did you mean ${prefix}${near}?`;
}

/** Levenshtein distance, one row at a time. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 0; i < left.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < right.length; j++) {
      const change = (row[j] ?? 0) + (left[i] === right[j] ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
