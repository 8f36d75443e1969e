import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import { decodeBody } from '../../../lib/core/cloud/body-codec.ts';
import type { CommitBody } from '../../../lib/core/cloud/commit-body.ts';
import { bodyKey } from '../../../lib/core/cloud/object-keys.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import { decodeHead } from '../../../lib/core/cloud/head-codec.ts';
import { directClients } from '../application/clients.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { JOURNAL_BUCKET, OUTPUT_BUCKET, type World } from '../world/world.ts';
import { findErasureFaults } from '../erasure/find-erasure-faults.ts';
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
  const { givenUp } = world;
  const late = givenUp === undefined ? {} : { bodyOf: bodiesIn(world), givenUp: givenUp.records };
  const histories = [...heads].map(([network, ownHeads]) =>
    workOutHistory({ network, heads: ownHeads, shards, dropped, defaults, ...late }),
  );
  const state = new DynamoStateStore({ client: directClients(world).dynamo, table: 'state' });
  const faults = [
    ...(world.redriver?.faults ?? []),
    ...histories.flatMap((history) => history.faults),
    // What is removed from a bucket was something else before, and so were the logs and what is told of them.
    ...findOutputFaults(histories, world.s3.objects(OUTPUT_BUCKET), world.erased === undefined ? world.putObjects : []),
    ...(world.erased === undefined ? findLogFaults(histories, world) : findErasureFaults(histories, world, scenario)),
    ...findLeftovers(histories, world),
  ];
  for (const history of histories) faults.push(...(await findStateFaults(history, state)));
  const commits = histories.flatMap((history) => history.commits);
  return { faults, commits: commits.length, flags: commits.flatMap(({ flags }) => flags).length };
}

/** The bodies that were ever stored, by what the heads call them. */
function bodiesIn({ putObjects }: World): (head: Head) => CommitBody | undefined {
  const bodies = new Map<string, CommitBody>();
  for (const { bucket, key, body } of putObjects) {
    if (bucket === JOURNAL_BUCKET && key.startsWith('bodies/')) bodies.set(key, decodeBody(body));
  }
  return ({ network, version, bodies: tokens }) => bodies.get(bodyKey(network, version, tokens.at(-1) ?? ''));
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
