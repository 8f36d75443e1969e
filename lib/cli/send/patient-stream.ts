import type { EventStream } from '../../adapters/stream/event-stream.ts';
import { isPassing, type AwsFailure } from '../connect/failures.ts';

export interface PatienceOptions {
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Told before each wait. */
  readonly onWait: (error: AwsFailure, seconds: number) => void;
}

export interface PatientStreamOptions extends PatienceOptions {
  readonly stream: EventStream;
}

/** About a minute in all: long enough for a local run to be started again, or for a stream to take a breath. */
const PAUSES_IN_SECONDS = [0.5, 1, 2, 4, 8, 10, 10, 10, 10];

/** Tries again while what keeps it from succeeding may pass. What an attempt asked for may then be done twice. */
export async function patiently<Result>(
  attempt: () => Promise<Result>,
  { sleep, onWait }: PatienceOptions,
): Promise<Result> {
  for (const seconds of PAUSES_IN_SECONDS) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      onWait(error, seconds);
    }
    await sleep(seconds * 1000);
  }
  return attempt();
}

/**
 * A stream that puts a record again while what keeps it from the stream may pass. A record whose reply was lost may then be
 * on the stream twice; its envelope tells.
 */
export function patientStream({ stream, ...patience }: PatientStreamOptions): EventStream {
  return { put: async (record) => patiently(() => stream.put(record), patience) };
}
