import { describe, expect, test } from 'vitest';
import type { Command } from '../../lib/cli/command.ts';
import { runCommandLine } from '../../lib/cli/command-line.ts';
import { COMMANDS, isCommandName } from '../../lib/cli/commands.ts';
import { argumentName, type OptionTable } from '../../lib/cli/options.ts';
import { UsageError } from '../../lib/cli/usage-error.ts';
import { FakeHost } from './fake-host.ts';
import { invocationsOf } from './shell-words.ts';

/** What every command of the table has to keep to. */

const LOADED: readonly { readonly name: string; readonly command: Command }[] = await Promise.all(
  Object.entries(COMMANDS).map(async ([name, { load }]) => ({ name, command: await load() })),
);

/** Values that may be any text: a file, a folder, a name of the user's own. */
const FREE_VALUES: ReadonlySet<string> = new Set(['FILE', 'DIR', 'COLUMN', 'CLIENT', 'USER']);

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const host = new FakeHost();
  const code = await runCommandLine(args, host);
  return { code, stdout: host.stdout.text, stderr: host.stderr.text };
}

async function read(commandLine: string): Promise<void> {
  for (const [program, name = '', ...args] of invocationsOf(commandLine)) {
    if (program !== 'flagstone') continue;
    if (!isCommandName(name)) throw new Error(`there is no command ${name}`);
    (await COMMANDS[name].load()).read(args);
  }
}

/** The arguments of the first example: all that has to be given, and right. */
function sampleArgs({ examples }: Command, name: string): readonly string[] {
  const sample = examples
    .flatMap(invocationsOf)
    .find(([program, command]) => program === 'flagstone' && command === name);
  if (sample === undefined) throw new Error(`no example of ${name} shows ${name} itself`);
  return sample.slice(2);
}

function optionsWithValues(options: OptionTable): (readonly [name: string, value: string])[] {
  return Object.entries(options).flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value] as const]));
}

/** `--rate` as `--rtae`: near enough to be known, and never another option. */
function misspelt(name: string): string {
  return `--${name}${name.at(-1) ?? ''}`;
}

describe.each(LOADED)('$name', ({ name, command }) => {
  test('tells in its help what it does, its usage, each option and an example, in lines that a terminal holds', async () => {
    const { code, stdout, stderr } = await run(name, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(command.description);
    expect(stdout).toContain(`Usage\n  flagstone ${name}`);
    for (const option of Object.keys(command.options))
      expect(stdout).toMatch(new RegExp(`^  --${option}\\b.*  \\S`, 'm'));
    for (const argument of Object.keys(command.arguments ?? {}))
      expect(stdout).toContain(`  ${argumentName(argument)}  `);
    expect(stdout).toContain(`Examples\n  ${command.examples[0]}\n`);
    expect(stdout).toContain('Exit codes\n  0  ');
    expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  test.each(command.examples)('reads its example: %s', async (example) => {
    expect(example).toContain('flagstone ');
    await read(example);
  });

  test.each(Object.keys(command.options))('knows --%s again when it is misspelt', async (option) => {
    const wrong = misspelt(option);
    expect(await run(name, wrong)).toEqual({
      code: 2,
      stdout: '',
      stderr: `flagstone: unknown option ${wrong} (did you mean --${option}?)\n`,
    });
  });

  test.each(optionsWithValues(command.options))('asks for the value of --%s', async (option, value) => {
    const { code, stderr } = await run(name, `--${option}`);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `flagstone: --${option} needs a value: --${option}=${value}\n`,
    });
  });

  const choosy = optionsWithValues(command.options).filter(([, value]) => !FREE_VALUES.has(value));
  test.each(choosy)('says what --%s=%s may be where it is none', async (option) => {
    const args = sampleArgs(command, name).filter((argument) => !EXCLUSIVE.test(argument));
    const wrong = () => command.read([...args, `--${option}=?!`]);
    expect(wrong).toThrow(UsageError);
    expect(wrong).toThrow(new RegExp(`^[^;]*\\b${option}\\b.* must .*\\(given "\\?!"\\)`));
  });

  test('has one line for an argument too many', async () => {
    const { code, stdout, stderr } = await run(name, ...sampleArgs(command, name), 'surplus');
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'flagstone: unexpected argument "surplus"\n',
    });
  });
});

/** Options of which only one can be given. */
const EXCLUSIVE = /^--(?:data|stack|url|out)=/;
