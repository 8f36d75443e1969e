import { expect, test } from 'vitest';
import { explained } from '../../../lib/cli/connect/explain-failure.ts';
import { onSystem } from '../../../lib/cli/connect/connect.ts';
import type { Target } from '../../../lib/cli/connect/target.ts';
import { exitCodeOf } from '../../../lib/cli/usage-error.ts';

const LOCAL: Target = { kind: 'local run', data: 'mine' };
const DEPLOYED: Target = { kind: 'deployed stack', stack: 'Flagstone' };

/** As the AWS SDK throws them: with a fault if the service answered. */
function failure(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

const refused = failure('Error', 'connect ECONNREFUSED 127.0.0.1:1', { $metadata: {}, code: 'ECONNREFUSED' });
const answered = (name: string): Error => failure(name, 'as AWS says', { $metadata: {}, $fault: 'client' });

test.each([
  [LOCAL, refused, 3, 'nothing runs on mine; start it with: npx flagstone start --data=mine'],
  [DEPLOYED, refused, 1, 'AWS cannot be reached: connect ECONNREFUSED 127.0.0.1:1'],
  [DEPLOYED, failure('Error', 'Region is missing'), 2, /^no AWS region is chosen; set AWS_REGION/],
  [
    DEPLOYED,
    failure('CredentialsProviderError', 'Token expired'),
    2,
    /^no AWS credentials: Token expired; set AWS_PROFILE/,
  ],
  [
    DEPLOYED,
    answered('ExpiredTokenException'),
    2,
    'the AWS credentials have expired: as AWS says; sign in again, such as with: aws sso login',
  ],
  [
    DEPLOYED,
    answered('UnrecognizedClientException'),
    2,
    /^AWS does not accept the credentials: as AWS says; set AWS_PRO/,
  ],
  [
    DEPLOYED,
    answered('AccessDenied'),
    2,
    'AWS does not allow it: as AWS says; choose credentials that may, with AWS_PROFILE',
  ],
  [LOCAL, answered('ResourceNotFoundException'), 1, 'ResourceNotFoundException: as AWS says'],
])('of %j, %s becomes exit code %i and one line', (...[target, error, code, message]) => {
  const explanation = explained(error, target);
  expect(exitCodeOf(explanation)).toBe(code);
  expect(explanation).toMatchObject({ message: expect.stringMatching(message) });
});

test('what AWS has no part in stays as it is', () => {
  const error = new Error('of our own');
  expect(explained(error, DEPLOYED)).toBe(error);
  expect(explained('text', DEPLOYED)).toBe('text');
});

test('where nothing runs, nothing is tried', async () => {
  let tries = 0;
  const working = onSystem({ kind: 'local run', data: '/nowhere' }, async () => tries++);
  await expect(working).rejects.toThrow('nothing runs on /nowhere');
  expect(tries).toBe(0);
});
