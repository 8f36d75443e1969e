import type { Micros, UserId } from '../events/event.ts';
import type { JudgedPurchase } from '../network/network-detector.ts';
import type { FlaggedPurchase } from './commit-body.ts';

/** A flagged purchase with its why, as JSON can hold it. */
export interface StoredFlagged {
  readonly line: string;
  readonly sequence: number;
  readonly time: number;
  readonly user: UserId;
  readonly amount: string;
  readonly mean: string;
  readonly sd: string;
  readonly limit: string;
  readonly judgedAgainst: readonly StoredJudged[];
}

type StoredJudged = readonly [user: UserId, time: number, sequence: number, amount: string];

export function encodeFlagged({ line, sequence, purchase, flag }: FlaggedPurchase): StoredFlagged {
  const { time, user, amount } = purchase;
  const { mean, sd, limit } = flag;
  const judgedAgainst = flag.judgedAgainst.map(encodeJudged);
  return { line, sequence, time, user, amount: String(amount), mean, sd, limit, judgedAgainst };
}

export function decodeFlagged(stored: StoredFlagged): FlaggedPurchase {
  const { line, sequence, time, user, amount, mean, sd, limit } = stored;
  return {
    line,
    sequence,
    purchase: { type: 'purchase', time, user, amount: BigInt(amount) as Micros },
    flag: { mean, sd, limit, judgedAgainst: stored.judgedAgainst.map(decodeJudged) },
  };
}

function encodeJudged({ user, time, sequence, amount }: JudgedPurchase): StoredJudged {
  return [user, time, sequence, String(amount)];
}

function decodeJudged([user, time, sequence, amount]: StoredJudged): JudgedPurchase {
  return { user, time, sequence, amount: BigInt(amount) as Micros };
}
