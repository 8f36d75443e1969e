import type { Eraser, ErasureProgress } from '../../lib/adapters/erasure/eraser.ts';
import { DiscreetError } from '../../lib/adapters/telemetry/discreet-error.ts';
import type { ErasureTarget } from '../../lib/core/erasure/erasure.ts';
import { readTarget } from '../../lib/core/erasure/read-target.ts';

/** Whose data is to be removed, asked by the command line; nothing of the kind where the schedule calls. */
export type EraseEvent = { readonly target: unknown } | { readonly source: 'aws.events' };

export interface EraseOptions {
  readonly eraser: Pick<Eraser, 'erase' | 'eraseDue'>;
  readonly now: () => number;
}

/** Who asks waits for an answer, and asks again: no connection lasts for long when nothing comes over it. */
const ASKED_MS = 40_000;
/** With less time than this left, the rest is for another invocation. */
const LEAST_TIME_MS = 60_000;

/** @throws DiscreetError where the target is none */
export async function erase(
  event: EraseEvent,
  remainingMs: () => number,
  { eraser, now }: EraseOptions,
): Promise<ErasureProgress | undefined> {
  if (!('target' in event)) {
    await eraser.eraseDue(() => remainingMs() < LEAST_TIME_MS);
    return undefined;
  }
  const until = now() + ASKED_MS;
  return eraser.erase(targetIn(event.target), () => now() >= until || remainingMs() < LEAST_TIME_MS);
}

function targetIn(given: unknown): ErasureTarget {
  const target = readTarget(given);
  if (target.ok) return target.value;
  throw new DiscreetError(
    'the target of a removal must be one of { network }, { user }, { user, network } and { client }, as flagstone delete takes them',
  );
}
