import type { NetworkName } from '../../core/network/network-name.ts';
import { readTarget, type Target } from '../connect/target.ts';
import { readNetwork } from '../network-option.ts';
import type { OptionValues } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { FLAGGED_OPTIONS } from './options.ts';

/** What a run of `flagged` is asked to do. */
export interface FlaggedRequest {
  readonly subject: FlaggedSubject;
  readonly follow: boolean;
  readonly rejected: boolean;
  readonly json: boolean;
  readonly target: Target;
}

export type FlaggedSubject =
  | { readonly of: 'purchases'; readonly network: NetworkName; readonly load: number | 'latest' | 'all' }
  | { readonly of: 'transactions' };

export function readRequest(values: OptionValues<typeof FLAGGED_OPTIONS>): FlaggedRequest {
  const { load, follow, rejected, json } = values;
  if (rejected && follow) throw new UsageError('--rejected goes without --follow: rejected lines are in no one order');
  if (rejected && load !== undefined) throw new UsageError('--rejected goes without --load');
  return { subject: readSubject(values), follow, rejected, json, target: readTarget(values) };
}

function readSubject({ transactions, network, load }: OptionValues<typeof FLAGGED_OPTIONS>): FlaggedSubject {
  if (!transactions) return { of: 'purchases', network: readNetwork(network), load: readLoad(load) };
  if (network !== undefined) throw new UsageError('--transactions goes without --network: they are of no network');
  if (load !== undefined)
    throw new UsageError('--transactions goes without --load: no batch log is loaded before them');
  return { of: 'transactions' };
}

function readLoad(given: string | undefined): number | 'latest' | 'all' {
  if (given === undefined) return 'latest';
  if (given === 'all') return given;
  if (/^\d{1,6}$/.test(given)) return Number(given);
  throw new UsageError(`--load must be the number of a load, or all (given ${JSON.stringify(given)})`);
}
