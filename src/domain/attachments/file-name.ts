/** Characters of a file name, and of its ending. */
const maxName = 150;
const maxEnding = 20;

/**
 * A name that is safe to show, to put into a header and to save as: no path, no control characters, nothing that
 * turns or hides text (a right-to-left override makes `gpj.exe` of `exe.jpg`), nothing that a file system refuses.
 */
export function fileName(given: string): string {
  const base = given.normalize("NFC").toWellFormed().split(/[/\\]/).at(-1) ?? "";
  const clean = base
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{FFFD}]/gu, "")
    .replaceAll(/[<>:"|?*]/g, "_")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/^[. ]+|[. ]+$/g, "");
  if (clean === "") return "file";
  return clean.length <= maxName ? clean : shorten(clean);
}

function shorten(name: string): string {
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 && name.length - dot <= maxEnding ? name.slice(dot) : "";
  return `${name.slice(0, maxName - ending.length)}${ending}`.toWellFormed().replaceAll("\u{FFFD}", "");
}
