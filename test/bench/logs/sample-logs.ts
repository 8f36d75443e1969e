import { join } from 'node:path';
import type { LogPaths } from '../generate-log.ts';
import type { Workload } from './workload.ts';

/** The logs that ship with the project: small communities that pay much alike, and a stream with some purchases that do not fit. */
export const SAMPLE_LOGS: Workload = {
  seed: 2026,
  users: 400,
  communities: 8,
  degrees: 2,
  tracked: 50,
  lateShare: 0,
  batch: { events: 9_500, purchaseShare: 0.8, befriendShare: 20 / 21, anomalousShare: 0.001 },
  stream: { events: 1_000, purchaseShare: 0.78, befriendShare: 12 / 13, anomalousShare: 0.025 },
};

export const SAMPLE_LOG_PATHS: LogPaths = {
  batch: join(import.meta.dirname, '../../../events/batch_log.json'),
  stream: join(import.meta.dirname, '../../../events/stream_log.json'),
};
