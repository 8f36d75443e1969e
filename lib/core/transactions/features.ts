import type { Seconds } from '../events/event.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { logAmountOf } from './log-amount.ts';
import type { Profile } from './profile.ts';
import { hashOf } from './short-name.ts';
import { SIGNALS } from './signals.ts';
import type { Transaction } from './transaction.ts';

/** What a transaction is judged by: all that training needs of it, and no text of it. */
export interface Features {
  /** Digest of the user's id: training follows each user through time. */
  readonly user: number;
  readonly time: Seconds;
  /** Natural logarithm. */
  readonly logAmount: number;
  /** Digests of the texts: see {@link hashOf}. */
  readonly category: number;
  readonly location: number;
  readonly paymentMethod: number;
  /** Whether the user has been there before, or is new. */
  readonly isUsualLocation: boolean;
  /** What each signal measures, in the order of their table. */
  readonly measures: Float32Array;
}

const FORMAT = 1;

/** Computes what a transaction is judged by, given what its user did before. */
export function featuresOf(transaction: Transaction, profile: Profile): Features {
  const logAmount = logAmountOf(transaction);
  const observation = { transaction, logAmount, profile };
  const measures = new Float32Array(SIGNALS.length);
  SIGNALS.forEach((signal, index) => (measures[index] = signal.measure(observation)));
  return {
    user: hashOf(transaction.user),
    time: transaction.time,
    logAmount,
    category: hashOf(transaction.merchantCategory),
    location: hashOf(transaction.location),
    paymentMethod: hashOf(transaction.paymentMethod),
    isUsualLocation: profile.count === 0 || profile.locations.find(transaction.location) !== undefined,
    measures,
  };
}

/** About 60 bytes. */
export function saveFeatures(features: Features): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(FORMAT);
  writer.byte(features.measures.length);
  writer.uint32(features.user);
  writer.double(features.time);
  writer.float(features.logAmount);
  writer.uint32(features.category);
  writer.uint32(features.location);
  writer.uint32(features.paymentMethod);
  writer.byte(Number(features.isUsualLocation));
  writer.floats(features.measures);
  return writer.toBytes();
}

/** @throws UnreadableStateError for bytes that are damaged, or were measured by other signals */
export function restoreFeatures(bytes: Uint8Array): Features {
  const reader = new ByteReader('features', bytes, FORMAT);
  const signals = reader.byte();
  if (signals !== SIGNALS.length) {
    throw reader.fault(`they are of ${signals} signals, this version of Flagstone has ${SIGNALS.length}`);
  }
  const features = {
    user: reader.uint32(),
    time: reader.double(),
    logAmount: reader.float(),
    category: reader.uint32(),
    location: reader.uint32(),
    paymentMethod: reader.uint32(),
    isUsualLocation: reader.byte() === 1,
    measures: reader.floats(signals),
  };
  reader.expectEnd();
  return features;
}
