import type { LoadState } from '../../lib/adapters/state/state-store.ts';

/** What is left of the load of a batch log, whichever it was. */
export const LOADED: Omit<LoadState, 'network' | 'key'> = {
  token: 't',
  sequencer: '1',
  phase: 'loaded',
  generation: 'g',
  leaseUntil: 0,
  startedAt: 0,
  events: 4,
  users: 2,
  abandoned: [],
};
