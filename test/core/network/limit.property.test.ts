import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Micros, NetworkEvent, UserId } from '../../../lib/core/events/event.ts';
import type { Way } from '../../../lib/core/network/network-engine.ts';
import { NetworkDetector, type Flag } from '../../../lib/core/network/network-detector.ts';
import { NaiveDetector } from '../../oracle/naive-detector.ts';
import { seeded } from '../../seeded.ts';
import { largestUsualAmount, verdictText, WAYS } from './verdicts.ts';

const LARGEST_AMOUNT = 10n ** 30n - 1n;
const MOST_PURCHASES = 200;

/**
 * Purchases whose mean + 3·sd is an integer. j of a and k of b = a + (j + k)·e have the mean a + k·e and, where j·k is a square,
 * the standard deviation √(jk)·e: the limit is a + (k + 3·√(jk))·e.
 */
interface Sample {
  readonly amounts: readonly bigint[];
  readonly limit: bigint;
}

const PAIRS = Array.from({ length: MOST_PURCHASES }, (_, j) => j)
  .flatMap((j) => Array.from({ length: MOST_PURCHASES }, (_, k) => [j, k] as const))
  .filter(([j, k]) => j + k >= 2 && j + k <= MOST_PURCHASES && Number.isInteger(Math.sqrt(j * k)));

/** Around the steps to which the engine rounds what it glances at: the eight leading bits of an amount. */
const besideStep = fc
  .record({
    bits: fc.bigInt({ min: 7n, max: 52n }),
    step: fc.bigInt({ min: 0n, max: 127n }),
    beside: fc.bigInt({ min: -100n, max: 10n }),
  })
  .map(({ bits, step, beside }) => 2n ** bits + step * 2n ** (bits - 7n) + beside);

/** From the millionth to the largest amount there is, with everything around where doubles stop to be exact. */
const magnitude = fc.oneof(
  besideStep,
  fc.bigInt({ min: 0n, max: 5n }),
  fc.bigInt({ min: 0n, max: 100_000_000n }),
  fc.bigInt({ min: 2n ** 44n, max: 2n ** 46n }),
  fc.bigInt({ min: 2n ** 53n - 500n, max: 2n ** 53n + 500n }),
  fc.bigInt({ min: 0n, max: 10n ** 18n }),
  fc.bigInt({ min: 0n, max: 10n ** 26n }),
);

const sample: fc.Arbitrary<Sample> = fc
  .record({
    pair: fc.constantFrom(...PAIRS),
    smallest: magnitude,
    spread: fc.oneof(fc.constant(0n), fc.constant(1n), magnitude),
    isMirrored: fc.boolean(),
  })
  .map(({ pair: [j, k], smallest, spread, isMirrored }) => {
    const root = BigInt(Math.sqrt(j * k));
    const largest = smallest + BigInt(j + k) * spread;
    const [few, many] = isMirrored ? [largest, smallest] : [smallest, largest];
    const mean = isMirrored ? largest - BigInt(k) * spread : smallest + BigInt(k) * spread;
    const amounts = [...Array<bigint>(j).fill(few), ...Array<bigint>(k).fill(many)];
    return { amounts, limit: mean + 3n * root * spread };
  })
  .filter(({ amounts, limit }) => limit < LARGEST_AMOUNT && amounts.every((amount) => amount <= LARGEST_AMOUNT));

/** So few purchases of so much that doubles still hold N times each of them, but not whether squares of such sums differ. */
const sampleAtEdge: fc.Arbitrary<Sample> = fc
  .record({
    pair: fc.constantFrom(...PAIRS.filter(([j, k]) => j > 0 && k > 0 && j + k <= 12)),
    smallest: fc.bigInt({ min: 0n, max: 1000n }),
    less: fc.bigInt({ min: 0n, max: 1_000_000n }),
  })
  .map(({ pair: [j, k], smallest, less }) => {
    const [count, fromMean] = [BigInt(j + k), BigInt(k + 3 * Math.sqrt(j * k))];
    const spread = (2n ** 53n / count - 1n - smallest) / fromMean - less;
    const amounts = [...Array<bigint>(j).fill(smallest), ...Array<bigint>(k).fill(smallest + count * spread)];
    return { amounts, limit: smallest + fromMean * spread };
  });

/** Who else bought, and how much was paid that does not count: so much that it would be noticed, in doubles and beyond. */
const others = fc.record({
  buyers: fc.constantFrom('in turn', 'one after another'),
  tooOld: fc.constantFrom(8n * 10n ** 15n, LARGEST_AMOUNT),
});

describe.each(WAYS)('a purchase of mean + 3·sd, found by %s', (way) => {
  test('is told from one of a millionth more where doubles cannot', () => {
    fc.assert(
      fc.property(sampleAtEdge, ({ amounts, limit }) => {
        const judged = judge(amounts, { way });
        expect(judged(limit)).toBeUndefined();
        expect(judged(limit + 1n)).toBeDefined();
      }),
      seeded(100),
    );
  });

  test('is not flagged, one of a millionth more is, one of a millionth less is not', () => {
    fc.assert(
      fc.property(sample, fc.boolean(), others, ({ amounts, limit }, isReversed, others) => {
        const judged = judge(isReversed ? amounts.toReversed() : amounts, { way, ...others });
        expect(judged(limit)).toBeUndefined();
        expect(judged(limit + 1n)).toBeDefined();
        expect(judged(oneLess(limit))).toBeUndefined();
      }),
      seeded(500),
    );
  });

  test('may lie between two amounts: the one below is not flagged, the one above is', () => {
    const amounts = fc.array(magnitude, { minLength: 2, maxLength: MOST_PURCHASES, size: 'max' });
    fc.assert(
      fc.property(amounts, (amounts) => {
        const judged = judge(amounts, { way });
        const limit = largestUsualAmount(amounts);
        expect(judged(limit)).toBeUndefined();
        const flag = judged(limit + 1n);
        const oracle = new NaiveDetector({ degrees: 1, tracked: Math.max(2, amounts.length) });
        for (const event of eventsWith(amounts)) oracle.apply(event);
        expect(flag).toBeDefined();
        expect(verdictText(flag)).toBe(verdictText(oracle.judge(BUYER, limit + 1n)));
      }),
      seeded(120),
    );
  });

  test('is every one of the same amount where all are alike', () => {
    fc.assert(
      fc.property(magnitude, fc.integer({ min: 2, max: MOST_PURCHASES }), (amount, count) => {
        const judged = judge(Array<bigint>(count).fill(amount), { way });
        expect(judged(amount)).toBeUndefined();
        expect(judged(amount + 1n)).toMatchObject({ sd: '0.00' });
        expect(judged(oneLess(amount))).toBeUndefined();
      }),
      seeded(60),
    );
  });
});

describe('with T = 5', () => {
  test.each([
    [0, undefined],
    [1, undefined],
    [2, 2],
    [4, 4],
    [5, 5],
    [6, 5],
  ])('of %i purchases of the network, a large one is judged against %s', (count, judgedAgainst) => {
    const flag = judge(Array<bigint>(count).fill(1_000_000n), { tracked: 5, older: 0 })(1_000_000_000n);
    expect(flag?.judgedAgainst.length).toBe(judgedAgainst);
  });
});

describe('mean and standard deviation', () => {
  test.each([
    ['16.83 59.28 11.20', '29.10', '21.46'],
    ['29.10 29.10', '29.10', '0.00'],
    ['29.10 29.10 29.10', '29.10', '0.00'],
    ['0.07 0.07 0.07', '0.07', '0.00'],
    ['1.15 1.15 1.15 1.15 1.15 1.15', '1.15', '0.00'],
    ['0 0', '0.00', '0.00'],
    ['0.009999 0.009999', '0.00', '0.00'],
    ['0.01 0.03', '0.02', '0.01'],
    ['0.01 0.029999', '0.01', '0.00'],
    ['10 20 20 20 20', '18.00', '4.00'],
    ['999999999999.999999 999999999999.999999', '999999999999.99', '0.00'],
    ['999999999999999999999999.999999 0', '499999999999999999999999.99', '499999999999999999999999.99'],
  ])('of %s are %s and %s', (list, mean, sd) => {
    const amounts = list.split(' ').map((text) => {
      const [whole = '', decimals = ''] = text.split('.');
      return BigInt(whole + decimals.padEnd(6, '0'));
    });
    expect(judge(amounts)(2n ** 105n)).toMatchObject({ mean, sd });
  });
});

interface Judging {
  readonly way?: Way;
  readonly tracked?: number;
  readonly older?: number;
  readonly buyers?: Buyers;
  readonly tooOld?: bigint;
}

/** Of the latest purchases and the older ones: all by each in turn, or the latest by one friend and the older by the others. */
type Buyers = 'in turn' | 'one after another';

/** Judges purchases of a user whose friends' latest purchases are of these amounts. */
function judge(
  amounts: readonly bigint[],
  { way = 'cheapest', tracked = amounts.length, ...others }: Judging = {},
): (amount: bigint) => Flag | undefined {
  const detector = new NetworkDetector({ degrees: 1, tracked, way });
  for (const event of eventsWith(amounts, others)) detector.apply(event);
  return (amount) => detector.judge({ type: 'purchase', time: 0, user: BUYER, amount: amount as Micros });
}

const BUYER = 'buyer' as UserId;
const STRANGER = 'stranger' as UserId;
const FRIENDS = ['friend', 'another friend', 'a third'] as UserId[];
/** Purchases of the network that are too old to count. */
const OLDER = 3;

/** Between the friends' purchases, those of the buyer and of a stranger, and before them older ones: none of which count. */
function eventsWith(
  amounts: readonly bigint[],
  { older = OLDER, buyers = 'in turn', tooOld = LARGEST_AMOUNT }: Judging = {},
): NetworkEvent[] {
  const beginnings = FRIENDS.map((friend): NetworkEvent => ({ type: 'befriend', time: 0, users: [BUYER, friend] }));
  const all = [...Array<bigint>(older).fill(tooOld), ...amounts];
  const purchases = all.flatMap((amount, time): NetworkEvent[] => {
    const inTurn = time % (buyers === 'in turn' ? 3 : 2);
    const friend = buyers === 'one after another' && time >= older ? 2 : inTurn;
    return [
      { type: 'purchase', time, user: FRIENDS[friend]!, amount: amount as Micros },
      { type: 'purchase', time, user: time % 2 === 0 ? BUYER : STRANGER, amount: LARGEST_AMOUNT as Micros },
    ];
  });
  return [...beginnings, ...purchases];
}

/** A millionth less, where there is less. */
function oneLess(amount: bigint): bigint {
  return amount === 0n ? 0n : amount - 1n;
}
