import type { NetworkSession } from '../../lib/adapters/network/network-session.ts';
import type { ObjectStore } from '../../lib/adapters/objects/object-store.ts';
import { readFailedBatch } from '../../lib/adapters/redrive/read-failed-batch.ts';
import { recordsByNetwork, type ArrivedRecord } from '../../lib/core/cloud/records-by-network.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';
import {
  NOTHING_REDRIVEN,
  type RedriveAnswer,
  type RedrivenPart,
  type RedriveRequest,
} from '../../lib/core/operations/redrive.ts';
import { readArrived } from './live-events.ts';

export interface RedriveNetworksOptions {
  readonly journal: Pick<ObjectStore, 'get'>;
  readonly openSession: (network: NetworkName) => NetworkSession;
  readonly onFailed: (network: NetworkName, error: unknown) => void;
}

/** Puts a batch back that was given up: what of it no commit has applied. Again, or twice at once, is the same as once. */
export async function redriveNetworks(
  { redrive: { key, isDryRun } }: RedriveRequest,
  { journal, openSession, onFailed }: RedriveNetworksOptions,
): Promise<RedriveAnswer> {
  const batch = await readFailedBatch(journal, key);
  if (batch === undefined) return { outcome: 'gone' };
  if (!batch.ok) return { outcome: 'refused', reason: batch.reason };
  const redriveOne = async (network: NetworkName, records: readonly ArrivedRecord[]): Promise<RedrivenPart> => {
    const name = `network ${network}`;
    try {
      return { name, ...(await openSession(network).redrive(records, { isDryRun })) };
    } catch (error) {
      onFailed(network, error);
      return { name, ...NOTHING_REDRIVEN, failure: error instanceof Error ? error.message : String(error) };
    }
  };
  const parts: RedrivenPart[] = [];
  for (const [network, records] of recordsByNetwork(batch.value.records.map(readArrived))) {
    parts.push(await redriveOne(network, records));
  }
  return { outcome: 'read', parts };
}
