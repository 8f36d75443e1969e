import type { Transaction } from '../../core/transactions/transaction.ts';
import type { Pace } from '../send/pace.ts';
import type { ProduceScreen } from './produce-screen.ts';

/** Where transactions go, one after the other. */
export interface Outlet {
  /** Has to be waited for, where it gives something to wait for, before the next. */
  add(transaction: Transaction): Promise<void> | undefined;
  /** All that was added has arrived. */
  finish(): Promise<void>;
  /** Leaves nothing behind, where that is possible. After `finish` it does nothing. */
  discard(): Promise<void>;
}

/** What every outlet keeps to, and tells. */
export interface OutletParts {
  readonly pace: Pace;
  readonly screen: ProduceScreen;
}
