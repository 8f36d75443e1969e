import { describe, expect, test } from 'vitest';
import { FunctionFailed } from '../../../lib/cli/connect/invoke-function.ts';
import { runRedrive } from '../../../lib/cli/redrive/run-redrive.ts';
import { FakeHost } from '../fake-host.ts';
import { MemorySystem } from '../memory-system.ts';

const ARN = 'arn:aws:lambda:eu-west-1:000000000000:function:';

function batch(first: number, functionName = 'live'): string {
  const record = {
    eventID: `s:${first}`,
    kinesis: { sequenceNumber: String(first), approximateArrivalTimestamp: first, data: 'e30=' },
  };
  return JSON.stringify({
    requestContext: { functionArn: ARN + functionName, condition: 'RecordAgeExceeded' },
    KinesisBatchInfo: {
      shardId: 's',
      startSequenceNumber: String(first),
      endSequenceNumber: String(first),
      approximateArrivalOfFirstRecord: new Date(1000 * first).toISOString(),
      batchSize: 1,
    },
    payload: JSON.stringify({ Records: [record] }),
  });
}

function event(functionName: string): string {
  return JSON.stringify({
    timestamp: '2026-11-21T12:00:00.000Z',
    requestContext: { functionArn: ARN + functionName, condition: 'RetriesExhausted' },
    requestPayload: { dropped: functionName },
  });
}

const PART = { name: 'network shop', putBack: 2, applied: 1, deleted: 0, unknown: 0 };
const NOON = 'aws/lambda/mapping/s/2026/11/21/2026-11-21T12.00.00';
const ONE = 'aws/lambda/mapping/s/2026/11/21/2026-11-21T12.00.01';
const EVENT = 'aws/lambda/async/loader/2026/11/21/2026-11-21T11.59.59-e';

async function systemWith(objects: Readonly<Record<string, string>>): Promise<MemorySystem> {
  const system = new MemorySystem();
  for (const [key, body] of Object.entries(objects)) await system.buckets.journalBucket.put(key, body);
  return system;
}

async function run(system: MemorySystem, { isDryRun = false, json = false } = {}) {
  const host = new FakeHost();
  const calls: unknown[] = [];
  const { onCall } = system;
  system.onCall = (name, given) => {
    calls.push([name, given]);
    return onCall(name, given);
  };
  const code = await runRedrive({ isDryRun, json }, system, host);
  const left: string[] = [];
  for await (const { key } of system.buckets.journalBucket.list('')) left.push(key);
  return { code, text: host.stdout.text, calls, left };
}

describe('flagstone redrive', () => {
  test('puts back all that is kept, oldest first, and removes what is done', async () => {
    const system = await systemWith({
      [`${ONE}-a`]: batch(1),
      [`${NOON}-a`]: batch(20),
      [`${NOON}-b`]: batch(3),
      [EVENT]: event('loader'),
      'bodies/network=shop/000000000001-x.json': '{}',
    });
    system.onCall = (name) => (name === 'live' ? { outcome: 'read', parts: [PART] } : null);
    const { code, text, calls, left } = await run(system);
    expect(calls).toEqual([
      ['loader', { dropped: 'loader' }],
      ['live', { redrive: { key: `${NOON}-b`, isDryRun: false } }],
      ['live', { redrive: { key: `${NOON}-a`, isDryRun: false } }],
      ['live', { redrive: { key: `${ONE}-a`, isDryRun: false } }],
    ]);
    expect(left).toEqual(['bodies/network=shop/000000000001-x.json']);
    expect(text).toBe(
      [
        '2026-11-21T11.59.59-e  loader has been called again',
        '2026-11-21T12.00.00-b  network shop: 2 put back, 1 applied before',
        '2026-11-21T12.00.00-a  network shop: 2 put back, 1 applied before',
        '2026-11-21T12.00.01-a  network shop: 2 put back, 1 applied before',
        '4 objects, all put back and removed.',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
  });

  test('changes nothing in a dry run', async () => {
    const system = await systemWith({ [`${NOON}-a`]: batch(1), [EVENT]: event('loader') });
    system.onCall = () => ({ outcome: 'read', parts: [PART] });
    const { code, text, calls, left } = await run(system, { isDryRun: true });
    expect(calls).toEqual([['live', { redrive: { key: `${NOON}-a`, isDryRun: true } }]]);
    expect(left).toHaveLength(2);
    expect(text).toContain('2 to be put back, 1 applied before');
    expect(text).toContain('loader would be called again');
    expect(text).toContain('2 objects; nothing has been changed.');
    expect(code).toBe(0);
  });

  test('leaves what cannot be put back, says why, and goes on', async () => {
    const objects = {
      a: batch(1),
      b: batch(2),
      c: batch(3),
      d: batch(4),
      e: 'broken',
      f: batch(5, 'gone'),
      g: batch(6),
    };
    const system = await systemWith(
      Object.fromEntries(Object.entries(objects).map(([name, body]) => [`${NOON}-${name}`, body])),
    );
    const answers: Record<string, unknown> = {
      a: { outcome: 'read', parts: [{ ...PART, putBack: 0, unknown: 1 }] },
      b: { outcome: 'read', parts: [{ ...PART, failure: 'the table is on fire' }] },
      c: { outcome: 'refused', reason: 'it is no batch' },
      d: { outcome: 'gone' },
      g: { outcome: 'read', parts: [] },
    };
    system.onCall = (name, given) => {
      if (name === 'gone')
        throw Object.assign(new Error('Function not found: gone'), { name: 'ResourceNotFoundException' });
      const { key } = (given as { redrive: { key: string } }).redrive;
      return answers[key.at(-1)!];
    };
    const { code, text, left } = await run(system);
    expect(left.map((key) => key.at(-1))).toEqual(['a', 'b', 'c', 'e', 'f']);
    expect(text).toContain('left, as of a line the history does not tell any more whether it was applied');
    expect(text).toContain('left, as network shop: the table is on fire');
    expect(text).toContain('left, as it is no batch');
    expect(text).toContain('left, as it is not valid JSON');
    expect(text).toContain('left, as Function not found: gone');
    expect(text).toContain('-d  somebody else has put it back meanwhile');
    expect(text).toContain('-g  nothing in it is meant for the function');
    expect(text).toContain('7 objects; 5 left: see the reasons above.');
    expect(code).toBe(1);
  });

  test('leaves an event whose function fails again', async () => {
    const system = await systemWith({ [EVENT]: event('loader') });
    system.onCall = () => {
      throw new FunctionFailed('the function loader has failed: Error: still broken');
    };
    const { code, text, left } = await run(system);
    expect({ code, left }).toEqual({ code: 1, left: [EVENT] });
    expect(text).toContain('left, as the function loader has failed: Error: still broken');
  });

  test('ends where the system cannot be reached', async () => {
    const system = await systemWith({ [EVENT]: event('loader') });
    system.onCall = () => {
      throw new Error('connect ECONNREFUSED');
    };
    await expect(run(system)).rejects.toThrow('ECONNREFUSED');
  });

  test('tells programs of each object in one line', async () => {
    const system = await systemWith({ [`${NOON}-a`]: batch(1) });
    system.onCall = () => ({ outcome: 'read', parts: [PART] });
    const { text } = await run(system, { json: true });
    expect(JSON.parse(text)).toEqual({
      key: `${NOON}-a`,
      kind: 'batch',
      function: 'live',
      condition: 'RecordAgeExceeded',
      done: true,
      parts: [PART],
      dry_run: false,
    });
  });

  test('has nothing to do where nothing is kept', async () => {
    const { code, text } = await run(new MemorySystem());
    expect({ code, text }).toEqual({ code: 0, text: 'Nothing is kept that a function gave up on.\n' });
  });
});
