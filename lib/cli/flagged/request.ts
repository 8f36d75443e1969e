import type { NetworkName } from '../../core/network/network-name.ts';
import { readTarget, type Target } from '../connect/target.ts';
import { readNetwork } from '../network-option.ts';
import type { OptionValues } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { FLAGGED_OPTIONS } from './options.ts';

/** What a run of `flagged` is asked to do. */
export interface FlaggedRequest {
  readonly network: NetworkName;
  readonly load: number | 'latest' | 'all';
  readonly follow: boolean;
  readonly rejected: boolean;
  readonly json: boolean;
  readonly target: Target;
}

export function readRequest(values: OptionValues<typeof FLAGGED_OPTIONS>): FlaggedRequest {
  const { network, load, follow, rejected, json } = values;
  if (rejected && follow) throw new UsageError('--rejected goes without --follow: rejected lines are in no one order');
  if (rejected && load !== undefined) throw new UsageError('--rejected goes without --load');
  return { network: readNetwork(network), load: readLoad(load), follow, rejected, json, target: readTarget(values) };
}

function readLoad(given: string | undefined): number | 'latest' | 'all' {
  if (given === undefined) return 'latest';
  if (given === 'all') return given;
  if (/^\d{1,6}$/.test(given)) return Number(given);
  throw new UsageError(`--load must be the number of a load, or all (given ${JSON.stringify(given)})`);
}
