import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectorFor } from '../../../lib/core/events/event-types.ts';
import { formatAmount } from '../../../lib/core/events/amount.ts';
import { formatTimestamp } from '../../../lib/core/events/timestamp.ts';
import { parseTransaction } from '../../../lib/core/transactions/parse-transaction.ts';
import { seeded } from '../../seeded.ts';

const FIELDS = {
  event_type: 'transaction',
  transaction_id: 't-1',
  user_id: 'u1',
  amount: '912.40',
  timestamp: '2026-11-21 10:00:00',
  location: 'DE',
  merchant_category: 'groceries',
  payment_method: 'card',
};

function parse(changes: Record<string, unknown>) {
  return parseTransaction(JSON.stringify({ ...FIELDS, ...changes }));
}

describe('reading a transaction', () => {
  test('reads every field', () => {
    const parsed = parse({ device: 'phone', merchant: 'Corner shop', label: ['amount'] });
    expect(parsed).toEqual({
      ok: true,
      value: {
        id: 't-1',
        user: 'u1',
        amount: 912_400_000n,
        time: Date.UTC(2026, 10, 21, 10) / 1000,
        location: 'DE',
        merchantCategory: 'groceries',
        paymentMethod: 'card',
        device: 'phone',
        merchant: 'Corner shop',
        label: ['amount'],
      },
    });
  });

  test('reads numbers as they are written, integers as ids, and times with a T', () => {
    const line =
      '{"transaction_id":12345678901234567890,"user_id":7,"amount":0.10,"timestamp":"2026-11-21T10:00:00","location":"DE","merchant_category":"fuel","payment_method":"card"}';
    const parsed = parseTransaction(line);
    if (!parsed.ok) throw new Error(parsed.reason);
    expect([parsed.value.id, parsed.value.user]).toEqual(['12345678901234567890', '7']);
    expect(formatAmount(parsed.value.amount)).toBe('0.10');
    expect(formatTimestamp(parsed.value.time)).toBe('2026-11-21 10:00:00');
  });

  test.each([
    [0, []],
    ['0', []],
    [false, []],
    ['false', []],
    [1, ['anomaly']],
    ['true', ['anomaly']],
    [true, ['anomaly']],
    [[], []],
    [
      ['hour', 'location'],
      ['hour', 'location'],
    ],
    [undefined, undefined],
    ['', undefined],
  ])('reads the label %j as %j', (label, kinds) => {
    const parsed = parse({ label });
    expect(parsed.ok && parsed.value.label).toEqual(kinds);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ transaction_id: undefined }, 'transaction_id is missing'],
    [{ transaction_id: {} }, 'transaction_id must be a non-empty string or an integer (given an object)'],
    [{ user_id: '' }, 'user_id is empty'],
    [{ user_id: 'ä'.repeat(600) }, 'user_id must be at most 1024 bytes long in UTF-8 (given "'],
    [{ amount: '-5.00' }, 'amount must be a decimal of at least 0'],
    [{ timestamp: '2026-02-30 10:00:00' }, 'timestamp must be a real date and time'],
    [{ timestamp: 5 }, 'timestamp must be a real date and time as YYYY-MM-DD HH:MM:SS (given 5)'],
    [{ location: null }, 'location is missing'],
    [{ merchant_category: '' }, 'merchant_category is empty'],
    [{ payment_method: 5 }, 'payment_method must be a non-empty string (given 5)'],
    [{ location: 'é'.repeat(129) }, 'location must be at most 256 bytes long in UTF-8 (given "é'],
    [{ device: ['a'] }, 'device must be a non-empty string (given a list)'],
    [{ merchant: 'x'.repeat(257) }, 'merchant must be at most 256 bytes long in UTF-8 (given "x'],
    [{ label: 2 }, 'label must be a list of at most 16 kinds of anomaly, or 0, 1, true or false (given 2)'],
    [{ label: [1] }, 'label must be a list of at most 16 kinds of anomaly'],
    [{ label: Array.from({ length: 17 }, () => 'hour') }, 'label must be a list of at most 16 kinds of anomaly'],
  ])('rejects %j', (changes, reason) => {
    const parsed = parse(changes);
    expect(parsed.ok ? 'accepted' : parsed.reason).toContain(reason);
  });

  test('takes texts up to the limit', () => {
    expect(parse({ merchant: 'é'.repeat(128) }).ok).toBe(true);
  });

  test('never throws, whatever the line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        expect(parseTransaction(line)).toHaveProperty('ok');
      }),
      seeded(300),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(FIELDS), 'label', 'device'), fc.jsonValue(), (name, value) => {
        const parsed = parse({ [name]: value });
        expect(parsed.ok ? '' : parsed.reason).toMatch(/^.{0,300}$/su);
      }),
      seeded(500),
    );
  });
});

describe('the table of event types', () => {
  test.each([
    ['purchase', 'network'],
    ['unfriend', 'network'],
    ['transaction', 'transaction'],
    ['toString', undefined],
    [undefined, undefined],
  ])('gives %s to %s', (type, detector) => {
    expect(detectorFor(() => type)).toBe(detector);
  });
});
