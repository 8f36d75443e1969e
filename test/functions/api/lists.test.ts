import { describe, expect, test } from 'vitest';
import { MOST_READ } from '../../../lib/core/api/routes.ts';
import { NOON } from '../../core/transactions-cloud/sample-transactions.ts';
import { openApi, pagesOf, type Item } from './api-setup.ts';
import { Detectors, filledStores, memoryStores } from './filled-stores.ts';

async function open() {
  const { stores, detectors } = await filledStores();
  let now = NOON + 1000;
  return { api: openApi(stores, () => now), stores, detectors, pass: (milliseconds: number) => (now += milliseconds) };
}

function ids(items: readonly Item[], name: 'transaction_id' | 'flag_id' | 'client_id' | 'network'): string[] {
  return items.map((item) => item[name]);
}

describe('paging through a list while data arrives', () => {
  test.each([
    ['/api/transactions', 'transaction_id', 120],
    ['/api/transactions?user=user-2', 'transaction_id', 24],
    ['/api/anomalies', 'transaction_id', 30],
    ['/api/flagged-purchases', 'flag_id', 10],
    ['/api/flagged-purchases?network=shop', 'flag_id', 10],
    ['/api/clients', 'client_id', 3],
  ] as const)('%s gives all that was there, once', async (path, name, least) => {
    const { api, detectors } = await open();
    const separator = path.includes('?') ? '&' : '?';
    const before = ids((await pagesOf(api, `${path}${separator}limit=100`)).flat(), name);
    expect(before.length).toBeGreaterThanOrEqual(least);
    const pages = await pagesOf(api, `${path}${separator}limit=2`, async () => {
      await detectors.takeEvents('shop', 8);
      await detectors.takeEvents('fresh', 8);
      // Some of these are older than what has been read.
      await detectors.takeTransactions(2);
    });
    const found = ids(pages.flat(), name);
    expect(new Set(found).size).toBe(found.length);
    expect(found.filter((id) => before.includes(id))).toEqual(before);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(2);
  });

  test('the points of a client, from the newest page on, each in order', async () => {
    const { api } = await open();
    const pages = await pagesOf(api, '/api/clients/meter?limit=33');
    expect(pages.length).toBe(7);
    const positions = pages.toReversed().flatMap((page) => page.map(({ position }) => position));
    expect(positions).toEqual(Array.from({ length: 200 }, (_, place) => place));
  });

  test('a series that another has replaced cannot be gone on with', async () => {
    const { api, stores } = await open();
    const { cursor } = (await api.ask('/api/clients/meter?limit=5')).body;
    const head = (await stores.series.readClient('meter'))!.head;
    await stores.series.writeHead({ ...head, born: 'anew', chunks: 0 }, head, NOON);
    expect((await api.ask(`/api/clients/meter?limit=5&cursor=${cursor}`)).status).toBe(400);
  });
});

describe('a list of transactions', () => {
  test.each([
    ['category=fuel&location=FR', (item: Item) => item.merchant_category === 'fuel' && item.location === 'FR'],
    ['user=user-1&method=card', (item: Item) => item.user_id === 'user-1' && item.payment_method === 'card'],
    ['min_amount=12.50&max_amount=1003', (item: Item) => Number(item.amount) >= 12.5 && Number(item.amount) <= 1003],
    [
      'from=2026-11-12%2000:00:00&to=2026-11-13%2010:00:20',
      (item: Item) => item.timestamp >= '2026-11-12 00:00:00' && item.timestamp <= '2026-11-13 10:00:20',
    ],
    ['user=user-3&category=travel', (item: Item) => item.user_id === 'user-3' && item.merchant_category === 'travel'],
  ])('by %s holds those that pass', async (query, passes) => {
    const { api } = await open();
    const all = (await pagesOf(api, '/api/transactions')).flat();
    const expected = all.filter(passes);
    expect(expected.length).toBeGreaterThan(0);
    expect((await pagesOf(api, `/api/transactions?${query}`)).flat()).toEqual(expected);
  });

  test.each([
    ['severity=high', (item: Item) => item.severity === 'high'],
    ['user=user-2', (item: Item) => item.user_id === 'user-2'],
    ['user=user-2&severity=medium', () => false],
    ['category=fuel&min_amount=1050', (item: Item) => item.merchant_category === 'fuel' && Number(item.amount) >= 1050],
  ])('that are anomalous, by %s', async (query, passes) => {
    const { api } = await open();
    const all = (await pagesOf(api, '/api/transactions')).flat().filter(({ is_anomaly }) => is_anomaly);
    expect((await pagesOf(api, `/api/anomalies?${query}`)).flat()).toEqual(all.filter(passes));
  });

  test.each([
    ['-amount', (one: Item, other: Item) => Number(other.amount) - Number(one.amount)],
    ['amount', (one: Item, other: Item) => Number(one.amount) - Number(other.amount)],
    ['-score', (one: Item, other: Item) => other.anomaly_score - one.anomaly_score],
    ['score', (one: Item, other: Item) => one.anomaly_score - other.anomaly_score],
    ['-timestamp', () => 0],
  ])('is sorted by %s page by page', async (sort, compare) => {
    const { api } = await open();
    const newest = await pagesOf(api, '/api/transactions?limit=40');
    const sorted = await pagesOf(api, `/api/transactions?limit=40&sort=${sort}`);
    expect(sorted).toEqual(newest.map((page) => page.toSorted(compare)));
  });
});

describe('a list of flagged purchases', () => {
  test('merges the networks by the time of the purchases, and leaves the why to the single ones', async () => {
    const { api } = await open();
    const all = (await pagesOf(api, '/api/flagged-purchases?limit=100')).flat();
    expect(new Set(ids(all, 'network'))).toEqual(new Set(['shop', 'club']));
    expect(all[0]).not.toHaveProperty('against');
    const { body } = await api.ask(`/api/networks/${all[0]!.flag_id.replace('/', '/flagged-purchases/')}`);
    expect(body).toMatchObject(all[0]!);
    expect(body.against.length).toBeGreaterThan(1);
  });

  test('of a user holds theirs, over short pages if they are rare', async () => {
    const { api, detectors } = await open();
    for (let times = 0; times < 4; times++) await detectors.takeEvents('shop', 600);
    const all = (await pagesOf(api, '/api/flagged-purchases?limit=100')).flat();
    expect(all.length).toBeGreaterThan(MOST_READ.flags);
    const pages = await pagesOf(api, '/api/flagged-purchases?user=ann&limit=100');
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flat()).toEqual(all.filter(({ user }) => user === 'ann'));
    expect((await pagesOf(api, '/api/flagged-purchases?user=nobody')).flat()).toEqual([]);
  });

  test('is empty where there is no network, or not that one', async () => {
    expect((await openApi(memoryStores(), () => NOON).ask('/api/flagged-purchases')).body).toEqual({ items: [] });
    const { api } = await open();
    expect((await api.ask('/api/flagged-purchases?network=none')).body).toEqual({ items: [] });
  });

  test('merges the networks heard of last where there are very many', async () => {
    const stores = memoryStores();
    const detectors = new Detectors(stores);
    for (let network = 0; network < 40; network++) await detectors.takeEvents(`n${network}`, 60);
    const all = (
      await pagesOf(
        openApi(stores, () => NOON),
        '/api/flagged-purchases?limit=50',
      )
    ).flat();
    const merged = new Set(ids(all, 'network'));
    expect(merged).toContain('n39');
    expect(merged).not.toContain('n0');
    expect(merged.size).toBeLessThanOrEqual(32);
  });
});

describe('the clients', () => {
  test('are those connected, or not, where it is asked for', async () => {
    const { api, pass } = await open();
    const names = async (query: string) => ids((await pagesOf(api, `/api/clients${query}`)).flat(), 'client_id');
    expect(await names('')).toEqual(['meter', 'pump', 'valve']);
    expect([await names('?active=true'), await names('?active=false')]).toEqual([['meter', 'pump'], ['valve']]);
    pass(3 * 60 * 60_000);
    expect([await names('?active=true'), await names('?active=false')]).toEqual([[], ['meter', 'pump', 'valve']]);
  });

  test('tell the points behind a position', async () => {
    const { api } = await open();
    const positions = async (query: string) =>
      (await api.ask(`/api/clients/meter?${query}`)).body.items.map(({ position }) => position);
    expect(await positions('after=196')).toEqual([197, 198, 199]);
    expect(await positions('after=100&limit=2')).toEqual([198, 199]);
    expect(await positions('after=199')).toEqual([]);
    expect(await positions('')).toHaveLength(200);
  });
});

describe('the statistics', () => {
  test('add up what was committed', async () => {
    const { api, stores, detectors } = await open();
    await detectors.takeTransactions(40);
    const { body } = await api.ask('/api/stats');
    const flags = (await pagesOf(api, '/api/flagged-purchases')).flat();
    expect(body).toMatchObject({
      events: 300,
      flagged: flags.length,
      transactions: 160,
      anomalies: 40,
      active_clients: 2,
      networks: 2,
      detector: 'enhanced',
      lag: { milliseconds: 900 },
    });
    expect(body).not.toHaveProperty('model');
    expect((await stores.tallies.readAll()).length).toBe(1);
  });

  test('are read again after two seconds, and not before', async () => {
    const { api, detectors, pass } = await open();
    const transactions = async () => (await api.ask('/api/stats')).body.transactions;
    expect(await transactions()).toBe(120);
    await detectors.takeTransactions(4);
    pass(1999);
    expect(await transactions()).toBe(120);
    pass(1);
    expect(await transactions()).toBe(124);
  });

  test('are asked for again where they could not be read', async () => {
    const { stores } = await filledStores();
    const failing = [true, false];
    const tallies = {
      ...stores.tallies,
      readAll: async () => (failing.shift() === true ? Promise.reject(new Error('throttled')) : []),
    };
    const api = openApi({ ...stores, tallies }, () => NOON);
    expect([(await api.ask('/api/stats')).status, (await api.ask('/api/stats')).status]).toEqual([500, 200]);
  });
});
