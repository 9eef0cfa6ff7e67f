import { initialsOf } from "./format.ts";

/** Initials on a colour that belongs to the name. */
export function Avatar({ name, size = 40 }: { readonly name: string; readonly size?: number }) {
  let tone = 0;
  for (const letter of name) tone = (tone + (letter.codePointAt(0) ?? 0)) % 6;
  return (
    <span
      className="avatar"
      data-tone={tone}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  );
}
