import { parseDegrees, parseTracked, type NetworkParameters } from '../../core/events/log-header.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import { readTarget, type Target } from '../connect/target.ts';
import { readNetwork } from '../network-option.ts';
import type { OptionValues } from '../options.ts';
import { valueOf } from '../usage-error.ts';
import type { PARAMETERS_OPTIONS } from './options.ts';

/** What a run of `parameters` is asked to do. */
export interface ParametersRequest {
  /** Undefined: all networks. */
  readonly network: NetworkName | undefined;
  /** Undefined: to list, and change nothing. */
  readonly change: Partial<NetworkParameters> | undefined;
  readonly json: boolean;
  readonly target: Target;
}

export function readRequest(values: OptionValues<typeof PARAMETERS_OPTIONS>): ParametersRequest {
  const { network, degrees, tracked, json } = values;
  const change: Partial<NetworkParameters> = {
    ...(degrees !== undefined && { degrees: valueOf(parseDegrees(degrees, '--degrees')) }),
    ...(tracked !== undefined && { tracked: valueOf(parseTracked(tracked, '--tracked')) }),
  };
  const isChange = Object.keys(change).length > 0;
  return {
    network: isChange || network !== undefined ? readNetwork(network) : undefined,
    change: isChange ? change : undefined,
    json,
    target: readTarget(values),
  };
}
