import type { ReasonKind } from '../judgement.ts';
import type { Profile } from '../profile.ts';
import type { Transaction } from '../transaction.ts';

/** A transaction, and the habits of its user before it. */
interface Observation {
  readonly transaction: Transaction;
  readonly logAmount: number;
  readonly profile: Profile;
}

/**
 * One way in which a transaction can be unusual. Pure: a measure depends on the observation alone, so that it can be stored with the
 * transaction and a model be trained on it.
 */
export interface Signal {
  readonly kind: ReasonKind;
  /** A finite number, the higher the more unusual. A model learns which values are rare. */
  measure(observation: Observation): number;
  /** The unit of the measure: nats can be judged by before there is a model, the others only with one. */
  readonly unit: 'nats' | 'other';
  /** Whether values are rare or not among all transactions, or among those of the category. */
  readonly rareAmong: 'all' | 'category';
  /** What is unusual, in a sentence with the numbers. Asked only where the measure is found to be unusual. */
  explain(observation: Observation): string;
}
