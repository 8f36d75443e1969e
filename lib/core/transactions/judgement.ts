import type { Features } from './features.ts';

/**
 * What may be unusual about a transaction. `recent` is not about this one, but about the user's latest; `combination` is the
 * forest's: nothing by itself, but all of it together.
 */
export type ReasonKind = 'amount' | 'hour' | 'category' | 'location' | 'payment_method' | 'recent' | 'combination';

export interface Reason {
  readonly kind: ReasonKind;
  /** A sentence for an analyst, with the numbers. */
  readonly text: string;
}

export type Severity = 'low' | 'medium' | 'high';

interface Judgement {
  /** From 0 to 1 with six decimals, the higher the more unusual; an anomaly's is above 0.5, and nothing else's. */
  readonly score: number;
  readonly isAnomaly: boolean;
  /** Of an anomaly alone. */
  readonly severity?: Severity;
  /** The weightiest first; an anomaly has at least one, and nothing else has any. */
  readonly reasons: readonly Reason[];
  /** What the judgement was made from: stored with the transaction, it is what a model is trained on. */
  readonly features: Features;
}

/** A judgement as it is made: the profile is to learn from it. */
export interface FreshJudgement extends Judgement {
  /** How unusual the transaction is by itself, in nats: 1 in e^surprise is as unusual. */
  readonly surprise: number;
}
