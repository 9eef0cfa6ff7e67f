import type { Clock } from "../../lib/clock.ts";

/** A clock that stays behind while the last two days are played, and then tells the real time. */
export class StagedClock implements Clock {
  #behind = 0;

  /** `start`: milliseconds since 1970, in the past. */
  constructor(start: number) {
    this.#behind = Date.now() - start;
  }

  now(): number {
    return Date.now() - this.#behind;
  }

  /** Goes on to an instant (milliseconds since 1970); never back. */
  moveTo(instant: number): void {
    this.#behind = Math.max(0, Math.min(this.#behind, Date.now() - instant));
  }

  catchUp(): void {
    this.#behind = 0;
  }
}
