import { describe, expect, test } from 'vitest';
import type { ErasureProgress } from '../../../lib/adapters/erasure/eraser.ts';
import { runCommandLine } from '../../../lib/cli/command-line.ts';
import { FunctionFailed } from '../../../lib/cli/connect/invoke-function.ts';
import { DELETE_OPTIONS } from '../../../lib/cli/delete/options.ts';
import { readRequest } from '../../../lib/cli/delete/request.ts';
import { runDelete } from '../../../lib/cli/delete/run-delete.ts';
import { parseOptions } from '../../../lib/cli/options.ts';
import { FakeHost } from '../fake-host.ts';
import { MemorySystem } from '../memory-system.ts';

const HOUR_MS = 60 * 60 * 1000;
const ASKED_AT = Date.UTC(2026, 10, 21, 12);
const TIMES = { askedAt: ASKED_AT, streamUntil: ASKED_AT + 24 * HOUR_MS };
const DONE: ErasureProgress = {
  outcome: 'removed',
  removed: { 'items of users': 1200, reports: 3, loads: 0 },
  ...TIMES,
  due: ASKED_AT + HOUR_MS,
};

interface RunOptions {
  readonly answers?: readonly ErasureProgress[];
  readonly host?: FakeHost;
}

/** Runs the command on a system whose function answers one after the other; and so tells what the function was asked. */
async function run(args: readonly string[], { answers = [DONE], host = new FakeHost() }: RunOptions = {}) {
  const system = new MemorySystem();
  const asked: unknown[] = [];
  const left = [...answers];
  system.onCall = (name, event) => {
    // As the event travels.
    asked.push([name, JSON.parse(JSON.stringify(event))]);
    return left.shift();
  };
  const failure = await runDelete(readRequest(parseOptions(DELETE_OPTIONS, args)), system, host).catch(String);
  return { asked, failure, stdout: host.stdout.text, stderr: host.stderr.text };
}

describe('what is removed', () => {
  test.each([
    [['--network=shop'], { network: 'shop' }],
    [['--user=17'], { user: '17' }],
    [['--user=17', '--network=shop'], { user: '17', network: 'shop' }],
    [['--client=till-7'], { client: 'till-7' }],
  ])('by %j is asked of the function', async (args, target) => {
    const { asked, failure } = await run([...args, '--yes']);
    expect({ asked, failure }).toEqual({ asked: [['erase', { target }]], failure: undefined });
  });

  test('is told with what is left, and until when', async () => {
    const { stdout, stderr } = await run(['--network=shop', '--yes']);
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      'The network shop is removed from a system in memory.',
      '  1,200  items of users',
      '      3  reports',
      'What is left:',
      '  events in the stream until 2026-11-22 12:00 UTC: Kinesis cannot delete them; nobody applies them any more',
    ]);
    expect(stdout).toContain('  what a function wrote late until 2026-11-21 13:00 UTC: ');
    expect(stdout).toContain('  point-in-time backups of the tables until 2026-12-26 12:00 UTC: ');
    expect(stdout).not.toContain('loads');
    expect(stderr).toBe('');
  });

  test('is told of what it is', async () => {
    const ofUser = await run(['--user=\x1b17', '--network=shop', '--yes']);
    expect(ofUser.stdout).toMatch(/^The user \\u001b17 of the network shop is removed/);
    expect(ofUser.stdout).toContain('the id, with places in the stream until');
    expect(ofUser.stdout).toContain('models of transactions');
    const ofClient = await run(['--client=till-7', '--yes']);
    expect(ofClient.stdout).toMatch(/^The client till-7 is removed/);
    expect(ofClient.stdout).toContain('the id, in the note of this removal until 2026-11-22 12:00 UTC: ');
    expect(ofClient.stdout).toContain('an open connection of the client: ');
    expect(ofClient.stdout).not.toContain('events in the stream');
  });

  test('may be nothing', async () => {
    const { due: _, ...last } = { ...DONE, removed: { reports: 0 } };
    const { stdout } = await run(['--network=shop', '--yes'], { answers: [last] });
    expect(stdout).toContain('\nThere was nothing to remove.\nWhat is left:\n');
    expect(stdout).not.toContain('wrote late');
  });

  test('is told to programs in one object', async () => {
    const { stdout } = await run(['--client=till-7', '--yes', '--json']);
    expect(stdout.match(/\n/g)).toHaveLength(1);
    const { left, ...told } = JSON.parse(stdout) as { left: { until?: string }[] };
    expect(told).toEqual({ target: { kind: 'client', client: 'till-7' }, removed: DONE.removed });
    expect(left.map(({ until }) => until)).toEqual([
      '2026-11-22T12:00:00.000Z',
      '2026-11-21T13:00:00.000Z',
      undefined,
      '2026-12-26T12:00:00.000Z',
    ]);
  });
});

describe('a removal that takes long', () => {
  const UNFINISHED: ErasureProgress = { outcome: 'unfinished', removed: { reports: 1 }, ...TIMES };

  test('is asked for again until it is done', async () => {
    const { asked, stdout } = await run(['--user=17', '--yes'], { answers: [UNFINISHED, UNFINISHED, DONE] });
    expect(asked).toEqual(Array.from({ length: 3 }, () => ['erase', { target: { user: '17' } }]));
    expect(stdout.match(/is removed/g)).toHaveLength(1);
    expect(stdout).toContain('1,200  items of users');
  });

  test('shows on a terminal how far it is, unless that is not wanted', async () => {
    const answers = [UNFINISHED, DONE];
    const shown = await run(['--user=17', '--yes'], { answers, host: new FakeHost({ isTTY: true }) });
    expect(shown.stderr).toMatch(/1 item/);
    const quiet = await run(['--user=17', '--yes', '--quiet'], { answers, host: new FakeHost({ isTTY: true }) });
    expect(quiet.stderr).toBe('');
  });

  test('tells nothing of a success where the function fails', async () => {
    const system = new MemorySystem();
    const host = new FakeHost();
    system.onCall = () => {
      throw new FunctionFailed('the function erase has failed: Error: broken');
    };
    const request = readRequest(parseOptions(DELETE_OPTIONS, ['--user=17', '--yes']));
    await expect(runDelete(request, system, host)).rejects.toThrow('broken');
    expect(host.stdout.text).toBe('');
  });
});

describe('on a terminal', () => {
  const answering = (stdin: string | readonly string[]) => ({ host: new FakeHost({ isTTY: true, stdin }) });

  test.each([
    { args: ['--network=shop'], typed: 'shop\n', named: 'the network shop', what: 'name' },
    { args: ['--user=17'], typed: '17\r\n', named: 'the user 17', what: 'id' },
    {
      args: ['--user=17', '--network=shop'],
      typed: ['1', '7\nmore'],
      named: 'the user 17 of the network shop',
      what: 'id',
    },
    { args: ['--client=till-7'], typed: 'till-7', named: 'the client till-7', what: 'id' },
  ])('$args goes on where $typed is typed', async ({ args, typed, named, what }) => {
    const { asked, stderr } = await run([...args, '--quiet'], answering(typed));
    expect(asked).toHaveLength(1);
    expect(stderr).toBe(
      `This removes ${named} from a system in memory, and cannot be undone. Type the ${what} to go on: `,
    );
  });

  test.each(['\n', '', 'y\n', 'shop2\n', ' shop\n', 'Shop\n'])('%j is no confirmation', async (typed) => {
    const { asked, failure, stdout } = await run(['--network=shop'], answering(typed));
    expect({ asked, stdout }).toEqual({ asked: [], stdout: '' });
    expect(failure).toContain('that is another one; nothing was removed');
  });

  test('nothing is asked with --yes', async () => {
    expect((await run(['--network=shop', '--yes', '--quiet'], answering(''))).stderr).toBe('');
  });
});

test('without a terminal nothing is removed unless --yes says so', async () => {
  const { asked, failure } = await run(['--network=shop'], { host: new FakeHost({ stdin: 'shop\n' }) });
  expect(asked).toEqual([]);
  expect(failure).toContain('there is no terminal to ask on whether this is meant; say so with --yes');
});

test.each([
  [[], 'one of --network, --user and --client must be given, or --user and --network'],
  [['--user=1', '--client=2'], 'one of --network, --user and --client must be given, or --user and --network'],
  [['--network=a/b'], '--network must be 1 to 64 letters'],
  [[`--client=${'x'.repeat(300)}`], '--client must be'],
  [['--network=shop', '--data=a', '--stack=b'], 'only one of --data and --stack can be given'],
])('%j ends with 2 and one line', async (args, message) => {
  const host = new FakeHost();
  const code = await runCommandLine(['delete', ...args], host);
  expect({ code, stdout: host.stdout.text }).toEqual({ code: 2, stdout: '' });
  expect(host.stderr.text).toMatch(/^flagstone: [^\n]*\n$/);
  expect(host.stderr.text).toContain(message);
});
