import { expect, test } from 'vitest';
import { allows } from '../../../lib/local/gateway/access-policy.ts';

const WANTED = { action: 'execute-api:Invoke', resource: 'arn:aws:execute-api:r:1:api/live/$connect' };

function statement(Effect: string, Resource: string | string[], Action: string | string[] = 'execute-api:Invoke') {
  return { Effect, Action, Resource };
}

test.each([
  ['the very thing', statement('Allow', WANTED.resource), true],
  ['one of several', statement('Allow', ['other', WANTED.resource], ['s3:GetObject', 'execute-api:invoke']), true],
  ['all of an API', statement('Allow', 'arn:aws:execute-api:r:1:api/*', 'execute-api:*'), true],
  ['one character', statement('Allow', 'arn:aws:execute-api:r:?:api/live/$connect'), true],
  ['another route', statement('Allow', 'arn:aws:execute-api:r:1:api/live/$default'), false],
  ['another action', statement('Allow', WANTED.resource, 'execute-api:ManageConnections'), false],
  ['a dot that is no dot', statement('Allow', WANTED.resource.replace('api/', '.../')), false],
  ['another case', statement('Allow', WANTED.resource.toUpperCase()), false],
  ['a refusal', statement('Deny', WANTED.resource), false],
  ['a refusal among others', [statement('Allow', '*'), statement('Deny', '*')], false],
  ['nothing', [], false],
])('a policy with %s', (_, Statement, expected) => {
  expect(allows({ Statement }, WANTED)).toBe(expected);
});
