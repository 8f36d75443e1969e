import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAmount, parseAmount } from '../../../lib/core/events/amount.ts';
import type { Micros } from '../../../lib/core/events/event.ts';
import { seeded } from '../../seeded.ts';

const TWENTY_FOUR_DIGITS = '123456789012345678901234';

describe('an amount', () => {
  test.each([
    ['0', 0n],
    ['7', 7_000_000n],
    ['16.83', 16_830_000n],
    ['16.830000', 16_830_000n],
    ['0.000001', 1n],
    ['0016.83', 16_830_000n],
    [`${'0'.repeat(50)}1`, 1_000_000n],
    ['1000000000000.999999', 1_000_000_000_000_999_999n],
    [TWENTY_FOUR_DIGITS, 123_456_789_012_345_678_901_234_000_000n],
    [`${TWENTY_FOUR_DIGITS}.000001`, 123_456_789_012_345_678_901_234_000_001n],
    [`0${TWENTY_FOUR_DIGITS}`, 123_456_789_012_345_678_901_234_000_000n],
  ])('%s is read', (text, micros) => {
    expect(parseAmount(text)).toBe(micros);
  });

  test.each([
    '',
    '.',
    '.5',
    '5.',
    '-5.00',
    '-0',
    '+1',
    '1e3',
    '1E3',
    '0x10',
    'NaN',
    'Infinity',
    '1_000',
    '1,000.00',
    '1.2.3',
    ' 1',
    '1 ',
    '1\n',
    '$1',
    '١٢',
    '１',
    '0.0000001',
    '1.0000000',
    `1${TWENTY_FOUR_DIGITS}`,
    '9'.repeat(1_000_000),
    `${'0'.repeat(1_000_000)}x`,
  ].map((text) => [text.slice(0, 50), text]))('%s is refused', (_, text = '') => {
    expect(parseAmount(text)).toBeUndefined();
  });

  test.each([
    [0n, '0.00'],
    [1n, '0.000001'],
    [100_000n, '0.10'],
    [125_000n, '0.125'],
    [16_830_000n, '16.83'],
    [1_000_000_000_000_000_000n, '1000000000000.00'],
  ])('%s is written as %s', (micros, text) => {
    expect(formatAmount(micros as Micros)).toBe(text);
  });

  test('reads what it has written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n - 1n }), (micros) => {
        expect(parseAmount(formatAmount(micros as Micros))).toBe(micros);
      }),
      seeded(300),
    );
  });

  test('is the number that its digits say', () => {
    fc.assert(
      fc.property(fc.nat(999_999_999), fc.stringMatching(/^\d*$/, { maxLength: 6 }), (whole, decimals) => {
        const text = decimals === '' ? `${whole}` : `${whole}.${decimals}`;
        expect(Number(parseAmount(text))).toBe(Math.round(Number(text) * 1e6));
      }),
      seeded(300),
    );
  });
});
