import { locale, words } from "./words.ts";

const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" });

/** Milliseconds since 1970 as the time of the day. */
export function timeOf(at: number): string {
  return time.format(at);
}

/** The day, by name where it has one. */
export function dayOf(at: number, now: number): string {
  const date = new Date(at).toDateString();
  if (date === new Date(now).toDateString()) return words.today;
  if (date === new Date(now - 24 * 60 * 60 * 1000).toDateString()) return words.yesterday;
  return day.format(at);
}

/** The first letters of the first and the last name. */
export function initialsOf(name: string): string {
  const [first = "", ...others] = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return `${first.charAt(0)}${others.at(-1)?.charAt(0) ?? ""}`.toUpperCase();
}
