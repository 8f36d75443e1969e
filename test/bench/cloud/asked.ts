import type { Meter } from './meter.ts';

/** What so many events have asked of AWS, as the simulated services counted it. */
export interface Asked {
  readonly events: number;
  readonly calls: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly s3Puts: number;
  readonly s3Gets: number;
  /** Including the time that was waited for the services. */
  readonly functionMs: number;
  readonly stored: Stored;
}

/** Bytes that are there afterwards. */
export interface Stored {
  readonly table: number;
  readonly indexes: number;
  readonly journal: number;
  readonly output: number;
}

interface Run {
  readonly events: number;
  readonly calls: number;
  readonly functionMs: number;
  readonly stored: Stored;
}

export function askedOf(meter: Meter, run: Run): Asked {
  const { readUnits, writeUnits } = meter;
  return { ...run, readUnits, writeUnits, s3Puts: meter.requestsOf('S3 put'), s3Gets: meter.requestsOf('S3 get') };
}

/** What was stored since an earlier look. */
export function storedSince(before: Stored, after: Stored): Stored {
  return {
    table: after.table - before.table,
    indexes: after.indexes - before.indexes,
    journal: after.journal - before.journal,
    output: after.output - before.output,
  };
}
