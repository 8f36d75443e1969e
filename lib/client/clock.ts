import { performance } from 'node:perf_hooks';

/** Time as the client needs it; a test gives its own. */
export interface Clock {
  /** Milliseconds, of a clock that never goes back. */
  now(): number;
  /** Does something later; what it gives takes that back. */
  after(milliseconds: number, action: () => void): () => void;
}

export const REAL_CLOCK: Clock = {
  now: () => performance.now(),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};
