import { expect, test } from 'vitest';
import { runCommandLine } from '../../lib/cli/command-line.ts';
import description from '../../package.json' with { type: 'json' };
import { FakeHost } from './fake-host.ts';

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const host = new FakeHost();
  const code = await runCommandLine(args, host);
  return { code, stdout: host.stdout.text, stderr: host.stderr.text };
}

test.each([[[]], [['--help']], [['-h']], [['help']]])('%j lists the commands', async (args) => {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage\n {2}flagstone COMMAND/m);
  expect(stdout).toMatch(/^ {2}detect {2,}\S/m);
});

test.each([[['detect', '--help']], [['help', 'detect']], [['detect', '--output=x', '-h']]])(
  '%j shows the options, an example and the exit codes',
  async (args) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const part of ['--batch-log=FILE', '--tracked=T', '--quiet ', 'Examples', 'Exit codes']) {
      expect(stdout).toContain(part);
    }
  },
);

test('an argument is explained', async () => {
  expect((await run('send', '--help')).stdout).toMatch(
    /^Usage\n {2}flagstone send FILE \[OPTIONS\]\n\nArguments\n {2}FILE {2}\S/m,
  );
});

test('--version prints the version of the package', async () => {
  expect(await run('--version')).toEqual({ code: 0, stdout: `${description.version}\n`, stderr: '' });
});

test.each([
  [['detcet'], 'unknown command detcet (did you mean detect?); see flagstone --help'],
  [['fly'], 'unknown command fly; see flagstone --help'],
  [['__proto__'], 'unknown command __proto__; see flagstone --help'],
  [['--hlep'], 'unknown option --hlep (did you mean --help?); see flagstone --help'],
  [['detect'], 'missing --batch-log=FILE, --stream-log=FILE, --output=FILE'],
  [['detect', '--explian'], 'unknown option --explian (did you mean --explain?)'],
  [['\x1b[2J\n'], 'unknown command \\u001b[2J\\u000a; see flagstone --help'],
])('%j ends with 2 and one line', async (args, message) => {
  expect(await run(...args)).toEqual({ code: 2, stdout: '', stderr: `flagstone: ${message}\n` });
});

test('an error that nobody foresaw ends with 1 and its message', async () => {
  const host = new FakeHost();
  host.uptime = () => {
    throw new Error('no clock');
  };
  const args = ['detect', '--batch-log=-', '--stream-log=none', '--output=none'];
  expect(await runCommandLine(args, host)).toBe(1);
  expect(host.stderr.text).toBe('flagstone: no clock\n');
});
