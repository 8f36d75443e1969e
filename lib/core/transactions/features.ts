import type { Profile } from './profile.ts';
import type { Transaction } from './transaction.ts';

/** What a transaction is judged by: all that training needs of it. */
export interface Features {
  readonly values: Float32Array;
}

/** Computes what is unusual about a transaction, given what the user did before it. */
export function featuresOf(transaction: Transaction, profile: Profile): Features {
  return { values: Float32Array.of(Math.log(Math.max(Number(transaction.amount) / 1e6, 0.01)), profile.count) };
}

/** At most 60 bytes. */
export function saveFeatures(features: Features): Uint8Array {
  return new Uint8Array(features.values.slice().buffer);
}

/** @throws UnreadableStateError */
export function restoreFeatures(bytes: Uint8Array): Features {
  return { values: new Float32Array(bytes.slice().buffer) };
}
