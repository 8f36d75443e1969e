import type { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import type { PrivateBucket } from '../constructs/private-bucket.ts';
import { FAILURES_PREFIX } from '../core/operations/failures.ts';

/** Lets a function read the batches that it was given up on, for who calls it with `flagstone redrive`. */
export function allowRedrive(redriver: FlagstoneFunction, journal: PrivateBucket): void {
  redriver.allowObjects({
    bucket: journal,
    actions: ['s3:GetObject'],
    keys: [`${FAILURES_PREFIX}*`],
    because: 'Lambda names the objects in which it keeps the batches that a function failed on',
  });
}
