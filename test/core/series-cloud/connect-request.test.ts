import { expect, test } from 'vitest';
import { readConnectRequest } from '../../../lib/core/series-cloud/connect-request.ts';

test('a connection says who its client is, and its window', () => {
  expect(readConnectRequest({ client_id: 'pump 7', window: '50' })).toEqual({
    ok: true,
    value: { client: 'pump 7', window: 50 },
  });
});

test('it may say what its numbers belong to, and where they go on', () => {
  expect(readConnectRequest({ client_id: 'a', window: '2', source: 's', first: '0' })).toEqual({
    ok: true,
    value: { client: 'a', window: 2, source: 's', first: 0 },
  });
});

test.each([
  [{ window: '5' }, /^client_id is missing$/],
  [{ client_id: '', window: '5' }, /^client_id must be text of 1 to 128 characters.* \(given ""\)$/],
  [{ client_id: 'x'.repeat(129), window: '5' }, /^client_id must be text/],
  [{ client_id: 'a\nb', window: '5' }, /^client_id must be text/],
  [{ client_id: 'a' }, /^window is missing$/],
  [{ client_id: 'a', window: '1' }, /^window must be an integer from 2 to 10,000 \(given "1"\)$/],
  [{ client_id: 'a', window: '10001' }, /^window must be/],
  [{ client_id: 'a', window: 'abc' }, /^window must be an integer from 2 to 10,000 \(given "abc"\)$/],
  [{ client_id: 'a', window: '2.5' }, /^window must be/],
  [{ client_id: 'a', window: '5', source: '' }, /^source must be text/],
  [{ client_id: 'a', window: '5', first: '-1' }, /^first must be an integer from 0/],
])('%j is refused', (query, reason) => {
  const request = readConnectRequest(query);
  expect(!request.ok && request.reason).toMatch(reason);
});
