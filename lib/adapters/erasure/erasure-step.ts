import type { Erasure } from '../../core/erasure/erasure.ts';
import type { CommitLog } from '../network/commit-log.ts';
import type { ChangeOptions } from '../network/commit-change.ts';
import type { NetworkSession } from '../network/network-session.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import type { NetworkParameters } from '../../core/events/log-header.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { SeriesStore } from '../series/series-store.ts';
import type { StateStore } from '../state/state-store.ts';
import type { SubscriptionStore } from '../live/subscription-store.ts';
import type { LedgerStores } from '../transactions/ledger-outputs.ts';

/** All that holds anybody's data. */
export interface ErasureOptions extends ChangeOptions {
  readonly log: CommitLog;
  readonly state: StateStore;
  readonly input: ObjectStore;
  readonly output: ObjectStore;
  readonly journal: ObjectStore;
  readonly ledger: LedgerStores;
  readonly series: SeriesStore;
  readonly subscriptions: Pick<SubscriptionStore, 'readSubscribers' | 'unsubscribe'>;
  readonly openSession: (network: NetworkName) => Pick<NetworkSession, 'flush'>;
  /** D and T of a network that nobody has given others. */
  readonly defaults: NetworkParameters;
  readonly now: () => number;
}

/** A part of a removal. Doing it again removes what has come since, and changes nothing else. */
export interface ErasureStep {
  /** Holds nothing of whose data it is but a network's name. */
  readonly name: string;
  /** Gives where to go on, if there is no time left. */
  readonly run: (work: ErasureWork) => Promise<string | undefined>;
}

export interface ErasureWork {
  readonly erasure: Erasure;
  /** What has been dealt with. */
  readonly after: string | undefined;
  readonly isOutOfTime: () => boolean;
  /** Tells that so many of a kind are removed: `flagged purchases`. */
  readonly removed: (kind: string, count: number) => void;
}

/** A step that is done at once, or again from its start. */
export function wholeStep(name: string, run: (work: ErasureWork) => Promise<unknown>): ErasureStep {
  return {
    name,
    run: async (work) => {
      await run(work);
      return undefined;
    },
  };
}
