import { parseDegrees, parseTracked, type NetworkParameters } from '../../core/events/log-header.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import { readTarget, type Target } from '../connect/target.ts';
import { readNetwork } from '../network-option.ts';
import type { OptionValues } from '../options.ts';
import { valueOf } from '../usage-error.ts';
import type { PARAMETERS_OPTIONS } from './options.ts';

export interface ParametersChange {
  readonly network: NetworkName;
  readonly given: Partial<NetworkParameters>;
}

/** What a run of `parameters` is asked to do. */
export interface ParametersRequest {
  /** Which is listed; undefined: all. */
  readonly network: NetworkName | undefined;
  /** What is changed before. */
  readonly change: ParametersChange | undefined;
  readonly json: boolean;
  readonly target: Target;
}

export function readRequest(values: OptionValues<typeof PARAMETERS_OPTIONS>): ParametersRequest {
  const { network, degrees, tracked, json } = values;
  const given: Partial<NetworkParameters> = {
    ...(degrees !== undefined && { degrees: valueOf(parseDegrees(degrees, '--degrees')) }),
    ...(tracked !== undefined && { tracked: valueOf(parseTracked(tracked, '--tracked')) }),
  };
  const target = readTarget(values);
  const isChange = Object.keys(given).length > 0;
  if (!isChange)
    return { network: network === undefined ? network : readNetwork(network), change: undefined, json, target };
  const changed = readNetwork(network);
  return { network: changed, change: { network: changed, given }, json, target };
}
