export interface SnoozeChoice {
  readonly name: "inHour" | "tonight" | "tomorrow" | "nextWeek";
  readonly at: Date;
}

/** Until when a conversation may be put off, seen from `now`, in the browser's time zone. */
export function snoozeChoices(now: Date): readonly SnoozeChoice[] {
  const at = (days: number, hour: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const choices: readonly SnoozeChoice[] = [
    { name: "inHour", at: new Date(now.getTime() + 3_600_000) },
    { name: "tonight", at: at(0, 18) },
    { name: "tomorrow", at: at(1, 9) },
    { name: "nextWeek", at: at(toMonday, 9) },
  ];
  return choices.filter((choice) => choice.at > now);
}
