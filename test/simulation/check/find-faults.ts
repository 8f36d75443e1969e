import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import { decodeHead } from '../../../lib/core/cloud/head-codec.ts';
import { directClients } from '../application/clients.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { OUTPUT_BUCKET, type World } from '../world/world.ts';
import { findLeftovers } from './find-leftovers.ts';
import { findLogFaults } from './find-log-faults.ts';
import { findOutputFaults } from './find-output-faults.ts';
import { findStateFaults } from './find-state-faults.ts';
import { workOutHistory } from './history.ts';

export interface Found {
  readonly faults: readonly string[];
  readonly commits: number;
  readonly flags: number;
}

/** Compares what is there in the end with what ought to be, by the history that the commits tell. */
export async function findFaults(world: World, scenario: Scenario): Promise<Found> {
  const heads = headsIn(world);
  const dropped = (key: string, identity: string): string | undefined =>
    world.uploader.uploaded.find((upload) => upload.key === key && upload.identity === identity)?.content;
  const { shards } = world.kinesis;
  const { defaults } = scenario.settings;
  const histories = [...heads].map(([network, ownHeads]) =>
    workOutHistory({ network, heads: ownHeads, shards, dropped, defaults }),
  );
  const state = new DynamoStateStore({ client: directClients(world).dynamo, table: 'state' });
  const faults = [
    ...histories.flatMap((history) => history.faults),
    ...findOutputFaults(histories, world.s3.objects(OUTPUT_BUCKET), world.putObjects),
    ...findLogFaults(histories, world),
    ...findLeftovers(histories, world),
  ];
  for (const history of histories) faults.push(...(await findStateFaults(history, state)));
  const commits = histories.flatMap((history) => history.commits);
  return { faults, commits: commits.length, flags: commits.flatMap(({ flags }) => flags).length };
}

/** Every head that was ever stored, by network. */
function headsIn({ putItems }: World): Map<string, Head[]> {
  const heads = new Map<string, Head[]>();
  for (const { sk, d } of putItems) {
    if (sk?.S !== 'head' || d?.S === undefined) continue;
    const head = decodeHead(d.S);
    heads.set(head.network, [...(heads.get(head.network) ?? []), head]);
  }
  return heads;
}
