import { expect, test } from 'vitest';
import { parseAmount } from '../../../lib/core/events/amount.ts';
import type { Micros } from '../../../lib/core/events/event.ts';
import { limitOf } from '../../../lib/cli/detect/limit.ts';

test.each([
  [['10', '10'], '10.00'],
  [['0', '0'], '0.00'],
  [['16.83', '59.28', '11.20'], '93.48'],
  [['9', '11'], '13.00'],
  [['0.000001', '0.000003'], '0.00'],
  [['999999999999999999999999', '999999999999999999999999'], '999999999999999999999999.00'],
])('%j: mean + 3 sd is %s', (amounts, limit) => {
  expect(limitOf(amounts.map(micros))).toBe(limit);
});

function micros(text: string): Micros {
  const amount = parseAmount(text);
  if (amount === undefined) throw new Error(`no amount: ${text}`);
  return amount;
}
