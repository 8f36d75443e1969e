import { DEFAULT_NETWORK, parseNetworkName, type NetworkName } from '../core/network/network-name.ts';
import { UsageError } from './usage-error.ts';

export function readNetwork(given: string = DEFAULT_NETWORK): NetworkName {
  const parsed = parseNetworkName(given);
  if (parsed.ok) return parsed.value;
  throw new UsageError(`--${parsed.reason}`);
}
