import type { Presence } from "../../contract/entities.ts";

interface AvatarProps {
  readonly name: string;
  /** Decides the tint, so that one person looks the same everywhere. */
  readonly id: string;
  readonly url?: string | null;
  /** Pixels. */
  readonly size?: number;
  readonly presence?: Presence;
}

/** A person as picture or initials. Decorative: the name stands beside it. */
export function Avatar({ name, id, url, size = 40, presence }: AvatarProps) {
  const style = { width: size, height: size, fontSize: size * 0.38, "--hue": hueOf(id) };
  return (
    // Initials as a decoration of the style sheet: as text they would be read, searched and copied with the name.
    <span
      className="avatar"
      style={style}
      aria-hidden="true"
      data-initials={url ? undefined : initialsOf(name)}
    >
      {url && <img src={url} alt="" width={size} height={size} />}
      {presence && <span className="avatar-presence" data-presence={presence} />}
    </span>
  );
}

/** The first letters of the first and the last word; a phone number gives its last two digits. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  if (/^\+?[\d\s()-]+$/.test(name)) return name.replace(/\D/g, "").slice(-2);
  const letters = words.map((word) => /\p{L}|\p{N}/u.exec(word)?.[0] ?? "");
  const [first = ""] = letters;
  const last = letters.length > 1 ? letters.at(-1) : "";
  return `${first}${last}`.toUpperCase();
}

/** Eight quiet hues; the id's characters choose one. */
function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return [18, 48, 85, 140, 175, 215, 265, 330][sum % 8] ?? 215;
}
