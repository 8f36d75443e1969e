import { expect, test } from 'vitest';
import { commitChange } from '../../../lib/adapters/network/commit-change.ts';
import { findVerdicts } from '../../../lib/adapters/network/find-verdicts.ts';
import { decodeBody } from '../../../lib/core/cloud/body-codec.ts';
import { bodyPrefix } from '../../../lib/core/cloud/object-keys.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import type { ArrivedRecord } from '../../../lib/core/cloud/records-by-network.ts';
import { includes, stretchesIn, type Lane } from '../../../lib/core/cloud/redrive/lanes.ts';
import { placesIn } from '../../../lib/core/cloud/redrive/select-given-up.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { DAY, MemoryCloud, SECOND } from '../../cloud/memory-cloud.ts';
import { buys } from '../../cloud/sample-events.ts';
import { randomFrom } from '../../core/cloud/user-states.ts';
import { seeds } from '../../seeded.ts';

type Below = (limit: number) => number;

/** Records of two shards and two sources, some of which put lines again that they had put before. */
function drawRecords(below: Below, start: number): ArrivedRecord[] {
  const next = [0, 0];
  return Array.from({ length: 12 + below(12) }, (_, number) => {
    const source = below(3);
    const count = 1 + below(3);
    const lines = Array.from({ length: count }, () => buys('ann', '10'));
    if (source < 2) {
      const offset = below(4) === 0 ? below(next[source]! + 1) : next[source]!;
      next[source] = Math.max(next[source]!, offset + count);
      lines.unshift(JSON.stringify({ network: 'default', source: `source-${source}`, offset }));
    }
    const place = { shard: `shard-${below(2)}`, sequenceNumber: String(100 + number), at: start + SECOND * number };
    return { ...readRecord(Buffer.from(lines.join('\n'))), ...place };
  });
}

/** Has some of the records applied, batch by batch, gives up others, and puts some of those back; other commits come in between. */
async function live(cloud: MemoryCloud, records: readonly ArrivedRecord[], below: Below): Promise<void> {
  const session = cloud.start().openSession(DEFAULT_NETWORK);
  const givenUp: ArrivedRecord[][] = [];
  for (let first = 0; first < records.length;) {
    const size = 1 + below(3);
    const ofShard = records.slice(first, first + size).filter(({ shard }) => shard === records[first]?.shard);
    if (below(3) === 0) givenUp.push(ofShard);
    else await session.apply(ofShard);
    first += ofShard.length === size ? size : 1;
    const [back] = givenUp;
    if (back !== undefined && below(5) === 0) {
      await session.redrive(back, { isDryRun: false });
      givenUp.shift();
    }
    if (below(4) === 0) await commitChange(DEFAULT_NETWORK, () => ({ head: {} }), cloud.start());
    if (below(6) === 0) await session.flush();
  }
}

/** By reading all bodies that were ever written. */
async function isCovered(cloud: MemoryCloud, lane: Lane, number: bigint): Promise<boolean> {
  for await (const { key } of cloud.journal.list(bodyPrefix(DEFAULT_NETWORK))) {
    const body = decodeBody(await cloud.journal.get(key));
    if (stretchesIn(body, lane).some((stretch) => includes(stretch, number))) return true;
  }
  return false;
}

test('what is applied and what is left is found as if all of the history were read', async () => {
  const found = { applied: 0, left: 0, unknown: 0 };
  for (const seed of seeds(60)) {
    const random = randomFrom(seed);
    const below: Below = (limit) => Math.floor(random() * limit);
    const cloud = new MemoryCloud();
    const records = drawRecords(below, cloud.now);
    await live(cloud, records, below);
    const { log } = cloud.start();
    const lanes = placesIn(records);
    const verdicts = await findVerdicts(lanes, { log, head: await cloud.head(), retentionMs: DAY });
    for (const { lane, places } of lanes) {
      for (const { number } of places) {
        const verdict = verdicts.of(lane, number);
        found[verdict]++;
        const expected = (await isCovered(cloud, lane, number)) ? 'applied' : 'left';
        expect(verdict, `seed ${seed}: ${lane.kind} ${lane.name} ${number}`).toBe(expected);
      }
    }
  }
  expect(Math.min(found.applied, found.left)).toBeGreaterThan(20);
  expect(found.unknown).toBe(0);
});
