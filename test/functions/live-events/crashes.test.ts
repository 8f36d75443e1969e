import { describe, expect, test } from 'vitest';
import { runsWithEachCallFailing, undisturbed, endStateOf } from '../../cloud/end-state.ts';
import type { FaultPlan } from '../../cloud/faults.ts';
import { DEFAULTS, MemoryCloud } from '../../cloud/memory-cloud.ts';
import { detect, recordsOf, sampleLines, USERS } from '../../cloud/sample-events.ts';
import { deliver, startLiveEvents } from './live-events-setup.ts';

const LINES = [...sampleLines(24), 'broken', ...sampleLines(16, 2)];

/** Batches of five records, users stored every second commit. */
async function streamAll(cloud: MemoryCloud, nextFunction: Parameters<typeof deliver>[1]): Promise<object> {
  const records = recordsOf(LINES, { linesPerRecord: 2 });
  for (let first = 0; first < records.length; first += 5) await deliver(records.slice(first, first + 5), nextFunction);
  return endStateOf(cloud);
}

async function withOneSandbox(faults: FaultPlan): Promise<object> {
  const cloud = new MemoryCloud();
  const warm = startLiveEvents(cloud, { faults, flushEvery: 2 });
  return streamAll(cloud, () => warm);
}

async function withANewSandboxEachTime(faults: FaultPlan): Promise<object> {
  const cloud = new MemoryCloud();
  return streamAll(cloud, () => startLiveEvents(cloud, { faults, flushEvery: 2 }));
}

async function withTwoSandboxesInTurn(faults: FaultPlan): Promise<object> {
  const cloud = new MemoryCloud();
  const sandboxes = [1, 2].map(() => startLiveEvents(cloud, { faults, flushEvery: 2 }));
  let turn = 0;
  return streamAll(cloud, () => sandboxes[turn++ % 2]!);
}

describe.each([
  ['one sandbox', withOneSandbox],
  ['a new sandbox each time', withANewSandboxEachTime],
  ['two sandboxes in turn', withTwoSandboxesInTurn],
])('the end of the stream, with %s', (_, run) => {
  test('is what detect makes of its lines', async () => {
    const plain = detect({ parameters: DEFAULTS }, LINES);
    const end = (await run(() => undefined)) as { output: Record<string, string>; users: unknown };
    const flagged = Object.entries(end.output).filter(([key]) => key.startsWith('flagged/'));
    expect(flagged.map(([, text]) => text).join('')).toBe(plain.flagged);
    expect(end.users).toEqual(plain.users);
    expect(plain.users).toHaveLength(USERS.length);
  });

  test.each(['before', 'after'] as const)('is the same whichever call fails %s its effect', async (fault) => {
    const runs = await runsWithEachCallFailing(fault, run);
    expect(runs.length).toBeGreaterThan(15);
    expect(runs).toEqual(await undisturbed(runs, run));
  });
});
