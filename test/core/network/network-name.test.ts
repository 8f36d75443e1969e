import { expect, test } from 'vitest';
import { parseNetworkName } from '../../../lib/core/network/network-name.ts';

test.each(['shop', 'A.b_c-9', '..', 'x'.repeat(64)])('takes %s for a network', (name) => {
  expect(parseNetworkName(name)).toEqual({ ok: true, value: name });
});

test.each(['', 'x'.repeat(65), 'a/b', 'a b', 'shöp', 'shop\n', 7, null, undefined, ['shop']])(
  'takes %j for no network',
  (value) => {
    expect(parseNetworkName(value)).toMatchObject({ ok: false });
  },
);

test('says what a network may be called', () => {
  expect(parseNetworkName('a/b')).toEqual({
    ok: false,
    reason: 'network must be 1 to 64 letters, digits, ".", "_" or "-" (given "a/b")',
  });
});
