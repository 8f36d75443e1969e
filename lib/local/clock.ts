import { setTimeout as delay } from 'node:timers/promises';

/** Time, as an argument: so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Comes back after so many milliseconds, or as soon as the signal is given. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    if (signal.aborted) return;
    await delay(milliseconds, undefined, { signal }).catch(() => undefined);
  },
};
