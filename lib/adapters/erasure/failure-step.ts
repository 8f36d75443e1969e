import { eraseFailure } from '../../core/erasure/erase-failure.ts';
import type { ErasureTarget } from '../../core/erasure/erasure.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { editObjects } from './edit-objects.ts';
import type { ErasureStep } from './erasure-step.ts';

/** Where Lambda keeps what functions have given up on. */
const FAILURES = 'aws/lambda/';

export function failureStep(target: ErasureTarget, journal: ObjectStore): ErasureStep {
  return editObjects({
    name: 'failures',
    kind: 'events that functions gave up on',
    bucket: journal,
    prefix: FAILURES,
    choose: () => 'edit',
    edit: (text) => eraseFailure(text, target),
  });
}
