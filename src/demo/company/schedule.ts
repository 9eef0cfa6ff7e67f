import type { Line, Script } from "./script.ts";

/** A line at its instant (milliseconds since 1970). */
export interface ScheduledLine {
  readonly at: number;
  readonly script: Script;
  readonly line: Line;
}

const usualGap = 2;

/** All lines of all scripts as they happened, the oldest first; none is later than `now`. */
export function schedule(scripts: readonly Script[], now: number): ScheduledLine[] {
  return scripts
    .flatMap((script) => scheduleOne(script, now))
    .toSorted((a, b) => a.at - b.at)
    .map((line) => ({ ...line, at: Math.min(line.at, now) }));
}

function scheduleOne(script: Script, now: number): ScheduledLine[] {
  let at = now - script.ago * 60 * 60 * 1000;
  return script.lines.map((line, index) => {
    if (index > 0) at += (line.after ?? usualGap) * 60 * 1000;
    return { at, script, line };
  });
}
