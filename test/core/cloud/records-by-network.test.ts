import { expect, test } from 'vitest';
import { recordsByNetwork } from '../../../lib/core/cloud/records-by-network.ts';
import { buys, streamRecord } from './stream-records.ts';

test('gives each network its own lines of each record, in order, and no record without any', () => {
  const shop = streamRecord(1, [buys('1', 'shop'), buys('2', 'shop')]);
  const mixed = streamRecord(2, [buys('3', 'club'), buys('4', 'shop'), buys('5', 'club')]);
  const empty = streamRecord(3, ['']);
  const networks = recordsByNetwork([shop, mixed, empty]);

  const told = Array.from(networks, ([network, records]) => [
    network,
    records.map(({ sequenceNumber, lines }) => [sequenceNumber, ...lines.map(({ lineNumber }) => lineNumber)]),
  ]);
  expect(told).toEqual([
    [
      'shop',
      [
        ['1', 1, 2],
        ['2', 2],
      ],
    ],
    ['club', [['2', 1, 3]]],
  ]);
});
