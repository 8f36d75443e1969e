import type { BucketName, System } from '../connect/system.ts';
import type { FoundSystem } from './found-system.ts';

const BUCKETS: readonly BucketName[] = ['inputBucket', 'outputBucket', 'journalBucket'];

/** Makes sure that the table and the buckets of a system can be read. @throws what AWS refuses */
export async function lookAt(system: System): Promise<FoundSystem> {
  const state = await system.openState();
  const networks = await state.listNetworks();
  for (const name of BUCKETS) {
    const bucket = await system.openBucket(name);
    await bucket.find('-');
  }
  const known = networks.length === 0 ? 'none yet' : networks.join(', ');
  const verdict = `${system.name[0]?.toUpperCase()}${system.name.slice(1)} is deployed, and within reach.`;
  return { verdict, resources: system.resources, notes: [`Networks: ${known}.`] };
}
