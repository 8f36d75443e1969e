import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

/** What the functions take from the world besides AWS; a simulation gives them others. */
export interface World {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A text of 8 characters of base64url that nobody else makes. */
  readonly newToken: () => string;
}

const TOKEN_BYTES = 6;

export const WORLD: World = {
  now: Date.now,
  sleep: async (milliseconds) => setTimeout(milliseconds),
  newToken: () => randomBytes(TOKEN_BYTES).toString('base64url'),
};
