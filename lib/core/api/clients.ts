import * as z from 'zod/mini';
import { cursor, integer, oneOf, page, pageOf } from './parameters.ts';

/** A client of the series detector. */
const client = z.object({
  client_id: z.string(),
  window: z.number(),
  /** Whether it is connected. */
  active: z.boolean(),
  points: z.number(),
  anomalies: z.number(),
  alerts: z.number(),
  /** ISO 8601, in UTC; when it was last heard of. */
  last_seen: z.string(),
});

export type ClientAnswer = z.infer<typeof client>;

export const clientPage = pageOf(client);

export const clientQuery = z.strictObject({ ...page, active: z.optional(oneOf(['true', 'false'])) });

const seriesPoint = z.object({
  /** Its place in the series as it was scored, counted from 0. */
  position: z.number(),
  /** As the client gave it. */
  timestamp: z.union([z.number(), z.string()]),
  /** That time, in milliseconds since 1970. */
  time: z.number(),
  value: z.number(),
  anomaly: z.boolean(),
  alert: z.boolean(),
  late: z.boolean(),
  score: z.number(),
});

export type SeriesPointAnswer = z.infer<typeof seriesPoint>;

/** The client with its points, oldest first. */
export const clientSeries = z.object({
  ...client.shape,
  items: z.array(seriesPoint),
  /** To go on with older points. */
  cursor: z.optional(z.string()),
});

const MOST_POINTS = 5000;

export const clientSeriesQuery = z.strictObject({
  /** The newest so many points; 1,000 unless given. */
  limit: z.optional(integer(1, MOST_POINTS)),
  cursor: z.optional(cursor),
  /** Points behind this position alone. */
  after: z.optional(integer(0, Number.MAX_SAFE_INTEGER)),
});
