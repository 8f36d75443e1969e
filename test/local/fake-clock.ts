import type { Clock } from '../../lib/local/clock.ts';

/** A clock that only sleeping moves: whoever sleeps is at once woken, later. */
export class FakeClock implements Clock {
  time = Date.UTC(2026, 0, 1);
  readonly sleeps: number[] = [];

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    // Lets everything else go on first.
    await new Promise(setImmediate);
    if (signal.aborted || milliseconds <= 0) return;
    this.sleeps.push(milliseconds);
    this.time += milliseconds;
  }
}
