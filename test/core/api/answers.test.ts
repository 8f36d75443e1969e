import { describe, expect, test } from 'vitest';
import { answerOrigin, explainFlag } from '../../../lib/core/api/answer-flag.ts';
import { answerProfile } from '../../../lib/core/api/answer-profile.ts';
import { answerClient, answerPoint } from '../../../lib/core/api/answer-series.ts';
import { answerStats, type Counts } from '../../../lib/core/api/answer-stats.ts';
import { answerTransaction } from '../../../lib/core/api/answer-transaction.ts';
import { EMPTY_TALLY, type Tally } from '../../../lib/core/cloud/tally.ts';
import type { Micros, UserId } from '../../../lib/core/events/event.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import { connectedHead, newHead } from '../../../lib/core/series-cloud/new-head.ts';
import { Profile } from '../../../lib/core/transactions/profile.ts';
import { quietPoint } from '../series-cloud/stored-points.ts';
import { lineOf, storedOf } from '../transactions-cloud/sample-transactions.ts';

const MINUTE = 60_000;
const ANN = 'ann' as UserId;

function micros(amount: bigint): Micros {
  return amount as Micros;
}

describe('a transaction', () => {
  test('is told with what was found about it, and without its label', () => {
    const fields = { amount: '1000.125', device: 'd', merchant: 'm', label: ['amount'] };
    const [stored] = storedOf(lineOf('a', {}, fields));
    expect(answerTransaction(stored!)).toEqual({
      transaction_id: 'a',
      user_id: 'ann',
      amount: '1000.125',
      timestamp: '2026-11-21 10:00:00',
      location: 'DE',
      merchant_category: 'groceries',
      payment_method: 'card',
      device: 'd',
      merchant: 'm',
      anomaly_score: 0.25,
      is_anomaly: true,
      severity: 'high',
      reasons: [{ kind: 'amount', text: 'amount 1000.00 is much' }],
      detection_time: '2026-11-21T12:00:01.000Z',
    });
  });

  test('is told without what it does not have', () => {
    const [stored] = storedOf(lineOf('a'));
    const answer = answerTransaction(stored!);
    expect(answer).toMatchObject({ is_anomaly: false, reasons: [] });
    for (const name of ['device', 'merchant', 'severity']) expect(answer).not.toHaveProperty(name);
  });
});

test('a flagged purchase is told with where it came from, if its object tells', () => {
  const metadata = { request: 'r-1', records: 'shardId-0:1-2' };
  const records = [{ shard: 'shardId-0', first: '1', last: '2' }];
  expect(answerOrigin('flagged/1.json', metadata)).toEqual({ object: 'flagged/1.json', request_id: 'r-1', records });
  expect(answerOrigin('flagged/1.json', { records: 'shardId-0:1-2' })).toEqual({ object: 'flagged/1.json', records });
  expect(answerOrigin('flagged/1.json', {})).toBeUndefined();
});

test('a flagged purchase is told with its place and with what it was judged against', () => {
  const time = Date.UTC(2026, 0, 5, 8, 28) / 1000;
  const judgedAgainst = [{ user: 'ben' as UserId, time: time - 60, sequence: 3, amount: micros(12_500_000n) }];
  const flag = { mean: '12.50', sd: '0.00', limit: '12.50', judgedAgainst };
  const purchase = { type: 'purchase', user: ANN, time, amount: micros(99_000_001n) } as const;
  const placed = { version: 14, index: 2, purchase, flag, parameters: { degrees: 2, tracked: 50 } };
  expect(explainFlag('shop' as NetworkName, placed)).toEqual({
    flag_id: 'shop/14/2',
    network: 'shop',
    user: 'ann',
    timestamp: '2026-01-05 08:28:00',
    amount: '99.000001',
    mean: '12.50',
    sd: '0.00',
    limit: '12.50',
    degrees: 2,
    tracked: 50,
    against: [{ user: 'ben', timestamp: '2026-01-05 08:27:00', amount: '12.50' }],
  });
});

describe('a profile', () => {
  test('is told in shares and in amounts', () => {
    const profile = Profile.empty();
    for (const [index, amount] of ['10', '20', '10', '20'].entries()) {
      const fields = {
        amount,
        merchant_category: index < 3 ? 'groceries' : 'fuel',
        timestamp: `2026-11-2${index} 10:30:00`,
      };
      profile.learn(lineOf(`${index}`, {}, fields).transaction, { isAnomaly: false, surprise: 0 });
    }
    const answer = answerProfile(profile);
    expect(answer).toMatchObject({ learnt: 4, locations: [{ name: 'DE', share: 1 }] });
    expect(answer.weight).toBeCloseTo(4, 1);
    expect(answer.amounts.typical).toBeCloseTo(Math.sqrt(200), 0);
    expect(answer.amounts.spread).toBeCloseTo(Math.SQRT2, 1);
    expect(Object.keys(answer.amounts.quantiles)).toEqual(['p05', 'p25', 'p50', 'p75', 'p95']);
    expect(answer.hours).toHaveLength(24);
    expect(answer.hours[10]).toBeCloseTo(1);
    expect(answer.categories.map(({ name }) => name)).toEqual(['groceries', 'fuel']);
    expect(answer.categories[0]!.share).toBeCloseTo(0.75, 2);
  });

  test('that has learnt nothing says so', () => {
    expect(answerProfile(Profile.empty())).toEqual({
      learnt: 0,
      weight: 0,
      amounts: { typical: 0, spread: 1, quantiles: {} },
      hours: Array.from({ length: 24 }, () => 0),
      categories: [],
      locations: [],
      payment_methods: [],
    });
  });
});

test('a client and its points are told as of now', () => {
  const connecting = { client: 'meter', window: 20, limits: 'calibrated', owner: '', now: 5 * MINUTE } as const;
  const connected = { ...connecting, connection: { id: 'c', at: 5 * MINUTE } };
  const head = { ...connectedHead(newHead(connected, 'b'), connected), anomalies: 2, alerts: 1, tail: [quietPoint(0)] };
  expect(answerClient(head, 6 * MINUTE)).toEqual({
    client_id: 'meter',
    window: 20,
    active: true,
    points: 1,
    anomalies: 2,
    alerts: 1,
    last_seen: '1970-01-01T00:05:00.000Z',
  });
  expect(answerClient(head, 600 * MINUTE).active).toBe(false);
  const told = { timestamp: 7, time: 7000, value: 7, anomaly: true, alert: false, late: true, score: 0.5 };
  expect(answerPoint(3, quietPoint(7, { anomaly: true, late: true, score: 0.5 }))).toEqual({ position: 3, ...told });
});

describe('the statistics', () => {
  const tallyOf = (minute: number, [events, flagged]: readonly [number, number], appliedAt: number): Tally => ({
    events,
    flagged,
    rejected: 1,
    minutes: [[minute, events, flagged]],
    latest: { arrivedAt: minute * MINUTE, appliedAt },
  });
  const nothing: Counts = { networks: [], transactions: [], activeClients: 0, detector: 'basic', model: undefined };

  test('are one for all networks and shards', () => {
    const model = { version: 'v1', trained_at: '2026-11-21T12:00:00.000Z', rows: 5 };
    const networks = [tallyOf(100, [5, 1], 100 * MINUTE + 50), tallyOf(161, [7, 2], 161 * MINUTE + 70), EMPTY_TALLY];
    const transactions = [tallyOf(161, [3, 1], 161 * MINUTE + 90), tallyOf(160, [2, 0], 160 * MINUTE)];
    expect(answerStats({ networks, transactions, activeClients: 4, detector: 'enhanced', model })).toEqual({
      events: 12,
      flagged: 3,
      rejected: 4,
      transactions: 5,
      anomalies: 1,
      active_clients: 4,
      networks: 3,
      minutes: [
        { minute: '1970-01-01T02:40:00.000Z', events: 0, flagged: 0, transactions: 2, anomalies: 0 },
        { minute: '1970-01-01T02:41:00.000Z', events: 7, flagged: 2, transactions: 3, anomalies: 1 },
      ],
      lag: { last_applied: '1970-01-01T02:41:00.090Z', milliseconds: 90 },
      detector: 'enhanced',
      model,
    });
  });

  test('of nothing are nothing', () => {
    expect(answerStats(nothing)).toMatchObject({ events: 0, minutes: [], lag: {}, detector: 'basic' });
    expect(answerStats(nothing)).not.toHaveProperty('model');
  });

  test('tell of no lag below nothing, where clocks differ', () => {
    const networks = [tallyOf(100, [1, 0], 100 * MINUTE - 20)];
    expect(answerStats({ ...nothing, networks }).lag.milliseconds).toBe(0);
  });
});
