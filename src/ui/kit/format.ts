/** Times and sizes as people say them, in the language of the page and the time zone of the browser. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter is slow and lists need hundreds: each is made once. */
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(locale, options)));
  return made;
}

type When = string | number;

/** `14:03`. */
export function clock(when: When, locale: string): string {
  return format(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(when));
}

/** `21 de novembro de 2026, 14:03`. */
export function dateTime(when: When, locale: string): string {
  return format(locale, { dateStyle: "long", timeStyle: "short" }).format(new Date(when));
}

/** `21 de nov. de 2026`. */
export function shortDate(when: When, locale: string): string {
  return format(locale, { dateStyle: "medium" }).format(new Date(when));
}

/** For a list: the time today, the weekday this week, else the date. */
export function listTime(when: When, locale: string, now = Date.now()): string {
  const days = daysBetween(when, now);
  if (days === 0) return clock(when, locale);
  if (days === 1) return relativeDay(-1, locale);
  if (days < 7) return format(locale, { weekday: "short" }).format(new Date(when)).replace(".", "");
  return format(locale, { day: "2-digit", month: "2-digit", year: "2-digit" }).format(new Date(when));
}

/** For a line between days: `ontem`, `terça-feira`, `3 de novembro`. */
export function dayName(when: When, locale: string, now = Date.now()): string {
  const days = daysBetween(when, now);
  if (days <= 1) return capital(relativeDay(-days, locale));
  if (days < 7) return capital(format(locale, { weekday: "long" }).format(new Date(when)));
  const sameYear = new Date(when).getFullYear() === new Date(now).getFullYear();
  return format(locale, { day: "numeric", month: "long", ...(!sameYear && { year: "numeric" }) }).format(
    new Date(when),
  );
}

/** Calendar days, in this time zone, from `when` to `now`. */
export function daysBetween(when: When, now: number): number {
  const midnight = (time: When) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(when)) / DAY);
}

/** `3 h 12 min`, `40 min`; less than a minute counts as one. */
export function duration(ms: number): string {
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.max(hours === 0 ? 1 : 0, Math.floor((ms % HOUR) / MINUTE));
  if (hours === 0) return `${minutes} min`;
  return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
}

/** `1:05`, for audio and video. */
export function seconds(total: number): string {
  const whole = Math.max(0, Math.round(total));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** `2,4 MB`. */
export function bytes(size: number, locale: string): string {
  const units = ["B", "KB", "MB", "GB"] as const;
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(size, 1)) / 10));
  const value = size / 1024 ** power;
  return `${value.toLocaleString(locale, { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 })} ${units[power]}`;
}

/** `+55 11 98765-4321` for Brazilian numbers; others in groups. A number that is none comes back as it is. */
export function phoneText(phone: string): string {
  const brazil = /^\+?55(\d{2})(\d{4,5})(\d{4})$/.exec(phone);
  if (brazil) return `+55 ${brazil[1]} ${brazil[2]}-${brazil[3]}`;
  const america = /^\+?1(\d{3})(\d{3})(\d{4})$/.exec(phone);
  if (america) return `+1 ${america[1]} ${america[2]}-${america[3]}`;
  const other = /^\+?(\d{2})(\d{3})(\d{3})(\d+)$/.exec(phone);
  return other ? `+${other.slice(1).join(" ")}` : phone;
}

/** `Maria` of `Maria Souza`: how a colleague is spoken of. */
export function firstName(name: string): string {
  return name.split(" ", 1)[0] ?? name;
}

function relativeDay(days: number, locale: string): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
