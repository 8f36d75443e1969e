import type { FlaggedPurchase } from '../cloud/commit-body.ts';
import { readOrigin } from '../cloud/commit-origin.ts';
import { formatAmount } from '../events/amount.ts';
import type { Micros, Seconds } from '../events/event.ts';
import type { NetworkParameters } from '../events/log-header.ts';
import { formatTimestamp } from '../events/timestamp.ts';
import type { NetworkName } from '../network/network-name.ts';
import type {
  ExplainedPurchaseAnswer,
  FlaggedPurchaseAnswer,
  OriginAnswer,
  PurchaseAnswer,
} from './flagged-purchases.ts';

/** A flag, and where among its network's it stands. */
export interface PlacedFlag extends Pick<FlaggedPurchase, 'purchase' | 'flag'> {
  /** Of the commit that flagged. */
  readonly version: number;
  /** Which of its commit's flags it is, counted from 0. */
  readonly index: number;
  readonly parameters: NetworkParameters;
}

/** A flagged purchase as lists tell it: without the purchases that it was judged against. */
export function answerFlag(network: NetworkName, placed: PlacedFlag): FlaggedPurchaseAnswer {
  const { version, index, purchase, flag, parameters } = placed;
  const { mean, sd, limit } = flag;
  return {
    flag_id: `${network}/${version}/${index}`,
    network,
    ...answerPurchase(purchase),
    mean,
    sd,
    limit,
    degrees: parameters.degrees,
    tracked: parameters.tracked,
  };
}

export function explainFlag(network: NetworkName, placed: PlacedFlag, origin?: OriginAnswer): ExplainedPurchaseAnswer {
  const against = placed.flag.judgedAgainst.map(answerPurchase);
  return { ...answerFlag(network, placed), against, ...(origin && { origin }) };
}

/** As the object tells it, in which the flag is. */
export function answerOrigin(object: string, metadata: Readonly<Record<string, string>>): OriginAnswer | undefined {
  const origin = readOrigin(metadata);
  if (origin === undefined) return undefined;
  const { request, records } = origin;
  return { object, ...(request !== undefined && { request_id: request }), records: [...records] };
}

interface TimedPurchase {
  readonly user: string;
  readonly time: Seconds;
  readonly amount: Micros;
}

export function answerPurchase({ user, time, amount }: TimedPurchase): PurchaseAnswer {
  return { user, timestamp: formatTimestamp(time), amount: formatAmount(amount) };
}
