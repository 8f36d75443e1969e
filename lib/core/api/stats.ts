import * as z from 'zod/mini';
import { TRANSACTION_MODES } from '../transactions/detectors.ts';

/** What happened in one minute. */
const minute = z.object({
  /** ISO 8601, in UTC. */
  minute: z.string(),
  events: z.number(),
  flagged: z.number(),
  transactions: z.number(),
  anomalies: z.number(),
});

/** All counts come from what was committed: what is tried again is not counted again. */
export const stats = z.object({
  events: z.number(),
  flagged: z.number(),
  rejected: z.number(),
  transactions: z.number(),
  anomalies: z.number(),
  active_clients: z.number(),
  networks: z.number(),
  /** The last hour, oldest first; minutes in which nothing happened are left out. */
  minutes: z.array(minute),
  /** When the newest event was applied, ISO 8601 in UTC; and how long that was after its arrival. */
  lag: z.object({ last_applied: z.optional(z.string()), milliseconds: z.optional(z.number()) }),
  detector: z.enum(TRANSACTION_MODES),
  model: z.optional(z.object({ version: z.string(), trained_at: z.string(), rows: z.number() })),
});

export type StatsAnswer = z.infer<typeof stats>;
