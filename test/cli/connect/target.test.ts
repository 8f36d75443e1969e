import { expect, test } from 'vitest';
import { readTarget } from '../../../lib/cli/connect/target.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';

test('the local run on .flagstone is meant unless something else is said', () => {
  expect(readTarget({ data: undefined, stack: undefined })).toEqual({ kind: 'local run', data: '.flagstone' });
  expect(readTarget({ data: 'mine', stack: undefined })).toEqual({ kind: 'local run', data: 'mine' });
  expect(readTarget({ data: undefined, stack: 'Flagstone' })).toEqual({ kind: 'deployed stack', stack: 'Flagstone' });
});

test.each([
  [{ data: 'mine', stack: 'Flagstone' }, 'only one of --data and --stack can be given'],
  [
    { data: undefined, stack: '1 2' },
    '--stack must be the name of a CloudFormation stack: a letter, then letters, digits and hyphens (given "1 2")',
  ],
])('%j is refused', (values, message) => {
  expect(() => readTarget(values)).toThrow(new UsageError(message));
});
