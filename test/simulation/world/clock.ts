import type { Draws } from './draws.ts';

const START = Date.UTC(2026, 0, 1);

/** Time, in milliseconds since 1970: it passes when the simulation says so. */
export class Clock {
  now = START;
  readonly #draws: Draws;

  constructor(draws: Draws) {
    this.#draws = draws;
  }

  /** What a step takes. */
  tick(): void {
    this.now += this.#draws.below(40);
  }

  advanceTo(time: number): void {
    this.now = Math.max(this.now, time);
  }
}
