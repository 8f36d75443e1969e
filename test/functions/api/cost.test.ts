import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NOON } from '../../core/transactions-cloud/sample-transactions.ts';
import { openLocalTable, type LocalTable } from '../../adapters/state/local-table.ts';
import { openApi, type TestedApi } from './api-setup.ts';
import { dynamoStores } from './dynamo-stores.ts';
import { filledStores, type Detectors } from './filled-stores.ts';
import { metered, type Meter } from './metered-stores.ts';

let local: LocalTable;
let api: TestedApi;
let meter: Meter;

beforeAll(async () => {
  local = await openLocalTable();
  const { stores, detectors } = await filledStores(await dynamoStores(local.client));
  await fillMore(detectors);
  meter = metered(local.client);
  api = openApi(stores, () => NOON + 1000);
}, 60_000);

beforeEach(() => {
  meter.operations.length = 0;
  meter.units = 0;
});

afterAll(async () => {
  await local.close();
});

/** So much that reading all of it would show. */
async function fillMore(detectors: Detectors): Promise<void> {
  for (let times = 0; times < 5; times++) await detectors.takeTransactions(250);
  for (let times = 0; times < 3; times++) await detectors.takeEvents('shop', 500);
  await detectors.takeSeries('long', 6_000);
}

/** What a request may ask of DynamoDB at most, and be charged in read units. */
const MOST = [
  ['/api/transactions', { Query: 9 }, 10],
  ['/api/transactions?limit=100', { Query: 9 }, 14],
  ['/api/transactions?user=user-1', { Query: 1 }, 4],
  ['/api/transactions?category=fuel', { Query: 10 }, 12],
  // Nothing passes: 1,000 are read.
  ['/api/transactions?location=nowhere', { Query: 40 }, 100],
  ['/api/anomalies', { Query: 4 }, 6],
  ['/api/anomalies?severity=high&limit=10', { Query: 1 }, 2],
  ['/api/anomalies?user=user-1', { Query: 3 }, 20],
  ['/api/stats', { Query: 3, GetItem: 2, BatchGetItem: 1 }, 10],
  ['/api/users/user-1', { BatchGetItem: 1, Query: 1 }, 8],
  ['/api/flagged-purchases', { Query: 4 }, 20],
  ['/api/flagged-purchases?network=shop&limit=10', { Query: 1 }, 3],
  // Nothing passes: 200 are read.
  ['/api/flagged-purchases?user=nobody', { Query: 6 }, 30],
  ['/api/networks/shop/flagged-purchases/1/0', { Query: 1 }, 1],
  ['/api/networks', { Query: 1, GetItem: 2 }, 3],
  ['/api/networks/shop/users/ann', { GetItem: 1, BatchGetItem: 3 }, 8],
  ['/api/clients', { Query: 1, BatchGetItem: 1 }, 6],
  ['/api/clients/long', { Query: 2 }, 8],
  ['/api/clients/long?limit=100', { Query: 2 }, 3],
] as const satisfies readonly (readonly [string, Readonly<Record<string, number>>, number])[];

describe('a request', () => {
  test.each(MOST)(
    '%s asks no more than it says, and scans no table',
    async (path, most: Record<string, number>, units) => {
      const { status } = await api.ask(path);
      expect(status).toBe(200);
      const asked = Object.fromEntries(
        [...new Set(meter.operations)].map((name) => [name, meter.operations.filter((one) => one === name).length]),
      );
      const beyond = Object.entries(asked).filter(([name, count]) => count > (most[name] ?? 0));
      expect(beyond).toEqual([]);
      expect(meter.units).toBeGreaterThan(0);
      expect(meter.units).toBeLessThanOrEqual(units);
    },
  );

  test('that is wrong asks nothing at all', async () => {
    for (const path of ['/api/transactions?limit=0', '/api/nothing', '/api/openapi.json']) await api.ask(path);
    expect(meter.operations).toEqual([]);
  });
});
