import { expect, test } from 'vitest';
import { parseOptions, type OptionTable } from '../../lib/cli/options.ts';
import { UsageError } from '../../lib/cli/usage-error.ts';

const TABLE = {
  output: { value: 'FILE', required: true, help: '' },
  rate: { value: 'N', help: '' },
  quiet: { help: '' },
} as const satisfies OptionTable;

test('takes values with = and with a space, and knows a switch that is not given', () => {
  expect(parseOptions(TABLE, ['--output=a', '--rate', '-1'])).toEqual({ output: 'a', rate: '-1', quiet: false });
  expect(parseOptions(TABLE, ['--quiet', '--output', '-'])).toEqual({ output: '-', rate: undefined, quiet: true });
});

test('of a repeated option the last one counts', () => {
  expect(parseOptions(TABLE, ['--output=a', '--output=b']).output).toBe('b');
});

test.each([
  [[], 'missing --output=FILE'],
  [['--ouput=a'], 'unknown option --ouput (did you mean --output?)'],
  [['-x', '--output=a'], 'unknown option -x'],
  [['--constructor', '--output=a'], 'unknown option --constructor'],
  [['--output'], '--output needs a value: --output=FILE'],
  [['--output='], '--output needs a value: --output=FILE'],
  [['--output', '--quiet'], '--output needs a value: --output=FILE (given the option --quiet)'],
  [['--output=a', '--quiet=yes'], '--quiet takes no value (given "yes")'],
  [['--output=a', 'b'], 'unexpected argument "b"'],
])('%j is refused', (args, message) => {
  expect(() => parseOptions(TABLE, args)).toThrow(new UsageError(message));
});

const ARGUMENTS = { file: { help: '' }, copy: { help: '' } };

test('takes arguments in their order, among the options and behind --', () => {
  const taken = { file: '-', copy: '--quiet', output: 'a', rate: undefined, quiet: false };
  expect(parseOptions(TABLE, ['-', '--output=a', '--', '--quiet'], ARGUMENTS)).toEqual(taken);
});

test.each([
  [['-'], 'missing COPY, --output=FILE'],
  [['a', 'b', 'c', '--output=x'], 'unexpected argument "c"'],
])('%j is refused where two arguments are expected', (args, message) => {
  expect(() => parseOptions(TABLE, args, ARGUMENTS)).toThrow(new UsageError(message));
});
