import { parseDegrees, parseTracked, type NetworkParameters } from '../core/events/log-header.ts';

/** What a network begins with that no batch log has given parameters of its own. */
export interface NetworkDefaults {
  readonly parameters: NetworkParameters;
  /** Purchases kept per user. */
  readonly kept: number;
}

/** As the outputs of the stack tell; undefined for a stack that does not. */
export function defaultsOf(outputs: Readonly<Record<string, string | undefined>>): NetworkDefaults | undefined {
  const degrees = parseDegrees(outputs['DefaultDegrees'], 'DefaultDegrees');
  const tracked = parseTracked(outputs['DefaultTracked'], 'DefaultTracked');
  const kept = parseTracked(outputs['KeptPurchases'], 'KeptPurchases');
  if (!degrees.ok || !tracked.ok || !kept.ok) return undefined;
  return { parameters: { degrees: degrees.value, tracked: tracked.value }, kept: kept.value };
}
