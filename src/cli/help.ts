import { companySettings, demoSettings, type Setting, settings, variableOf } from "../settings.ts";

const commands: readonly (readonly [usage: string, about: string])[] = [
  ["serve", "start the server (the default command)"],
  ["setup", "make the first company and its admin, without the browser"],
  ["company add", "make another company and its admin"],
  ["token --email E", "print an access token of that user"],
  ["demo", "a temporary sample company with a simulated phone, to try it"],
];

/** The text of `balcao --help`, with every flag, its variable and what it may be. */
export function helpText(version: string): string {
  return `balcão ${version}: the counter where a shop serves its customers

Usage: balcao [command] [flags]

${table(commands)}

Flags of every command (each has an environment variable; the flag wins):
${table(Object.values(settings).map(flagRow))}

Flags of setup and company add:
${table(Object.values(companySettings).map(flagRow))}

Flags of demo:
${table(Object.values(demoSettings).map(flagRow))}

  --help     this text
  --version  the version

Exit codes: 0 done, 1 failed, 2 wrong use.
`;
}

function flagRow({ flag, kind, about, byDefault }: Setting<unknown>): readonly [string, string] {
  const fallback = byDefault ? ` (${byDefault})` : "";
  return [`--${flag}`, `${about}${fallback}\n${variableOf(flag)}: ${kind.expected}`];
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows
    .map(
      ([left, right]) => `  ${left.padEnd(width)}  ${right.replaceAll("\n", `\n${" ".repeat(width + 4)}`)}`,
    )
    .join("\n");
}
