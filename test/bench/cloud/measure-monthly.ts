import { formatTable } from '../table.ts';
import type { Asked } from './asked.ts';
import { askNetwork, LINES_PER_RECORD } from './ask-network.ts';
import { askSeries } from './ask-series.ts';
import { askTransactions } from './ask-transactions.ts';
import type { FixedCosts } from './fixed-costs.ts';
import { BILL_LINES, billOfSeries, billOfStream, totalOf, type Bill } from './monthly-bill.ts';

/** Prints what a month costs at three rates, and the one change that would save most; is given what the stack costs anyway, as JSON. */

const FIXED = JSON.parse(process.argv[2] ?? '') as FixedCosts;
/** Only the columns whose headings begin so: all, if nothing is said. */
const WANTED = process.argv[3] ?? '';

const RATES = [10, 1000, 10_000];
/** Of what a shard takes: so full may it be on average. */
const FULLNESS = 0.8;
const SHARD_RECORDS = 1000;
const SHARD_BYTES = 1e6;
const LINE_BYTES = 110;
const TRANSACTION_BYTES = 250;
const USUAL = {
  streamRetentionHours: 168,
  batchWindowSeconds: 1,
  flushEvery: 24,
  historyDays: 30,
  transactionDays: 90,
};
/** Users of whom nothing is known yet, as here, have hardly any. */
const ANOMALIES = 0.05;
const WINDOW = 200;

type Choices = typeof USUAL & { readonly pointsPerMessage: number };

interface Detector {
  readonly name: string;
  readonly bill: (perSecond: number, choices: Choices) => Promise<Bill>;
  /** By what they are called, settings that might be chosen otherwise. */
  readonly changes: Readonly<Record<string, Partial<Choices>>>;
}

const STREAM_CHANGES = {
  'streamRetentionHours: 24': { streamRetentionHours: 24 },
  'batchWindowSeconds: 5': { batchWindowSeconds: 5 },
};

const DETECTORS: readonly Detector[] = [
  {
    name: 'network',
    bill: billOfNetworks,
    changes: { ...STREAM_CHANGES, 'flushEvery: 48': { flushEvery: 48 }, 'historyDays: 7': { historyDays: 7 } },
  },
  {
    name: 'transactions',
    bill: billOfTransactions,
    changes: { ...STREAM_CHANGES, 'transactionDays: 30': { transactionDays: 30 } },
  },
  { name: 'series', bill: billOfPoints, changes: { '10 points a message': { pointsPerMessage: 10 } } },
];

/** Of more than so many events a second, batches are large anyway. */
const WORTH_WAITING = 100;

const measured = new Map<string, Promise<Asked>>();
const rows = [...BILL_LINES, 'a month', '$ per million', 'the next cheapest change', 'and then a month'];
const columns: string[][] = [['$ a month', ...rows]];
for (const detector of DETECTORS) {
  for (const rate of RATES) {
    const heading = `${detector.name}, ${rate.toLocaleString('en')}/s`;
    if (heading.startsWith(WANTED)) columns.push([heading, ...(await column(detector, rate))]);
  }
}
console.log(formatTable(columns[0]?.map((_, place) => columns.map((cells) => cells[place] ?? '')) ?? []));

async function column({ bill, changes }: Detector, rate: number): Promise<string[]> {
  const usual = { ...USUAL, pointsPerMessage: 1 };
  const now = await bill(rate, usual);
  let [best, least] = ['none', totalOf(now)];
  for (const [setting, change] of Object.entries(changes)) {
    if (change.batchWindowSeconds !== undefined && rate > WORTH_WAITING) continue;
    const total = totalOf(await bill(rate, { ...usual, ...change }));
    if (total < least) [best, least] = [setting, total];
  }
  const perMillion = (totalOf(now) - now['alarms, metrics, dashboard']) / (rate * 2.628);
  return [
    ...BILL_LINES.map((line) => shown(now[line])),
    shown(totalOf(now)),
    perMillion.toFixed(2),
    best,
    shown(least),
  ];
}

/** What another column has asked already is not asked again. */
async function once(key: string, ask: () => Promise<{ readonly asked: Asked }>): Promise<Asked> {
  const known = measured.get(key) ?? ask().then(({ asked }) => asked);
  measured.set(key, known);
  return known;
}

function shown(dollars: number): string {
  return dollars < 10 ? dollars.toFixed(2) : Math.round(dollars).toLocaleString('en');
}

async function billOfNetworks(perSecond: number, choices: Choices): Promise<Bill> {
  const shards = Math.ceil((perSecond * LINE_BYTES) / SHARD_BYTES / FULLNESS);
  const batchEvents = (perSecond * choices.batchWindowSeconds) / shards;
  const { flushEvery } = choices;
  const asked = await once(`network ${batchEvents} ${flushEvery}`, () =>
    askNetwork({ batchEvents, isCold: false, flushEvery, cycles: 1 }),
  );
  const eventsPerRecord = Math.min(LINES_PER_RECORD, perSecond);
  return billOfStream(asked, {
    perSecond,
    shards,
    retentionHours: choices.streamRetentionHours,
    windowSeconds: choices.batchWindowSeconds,
    recordBytes: LINE_BYTES * eventsPerRecord,
    eventsPerRecord,
    journalDays: choices.historyDays,
    tableDays: undefined,
    toldShare: undefined,
    fixed: FIXED.network,
  });
}

async function billOfTransactions(perSecond: number, choices: Choices): Promise<Bill> {
  const shards = Math.ceil(perSecond / SHARD_RECORDS / FULLNESS);
  const batch = Math.ceil((perSecond * choices.batchWindowSeconds) / shards);
  const asked = await once(`transactions ${batch}`, () => askTransactions({ users: 10_000, batch, isCold: false }));
  return billOfStream(asked, {
    perSecond,
    shards,
    retentionHours: choices.streamRetentionHours,
    windowSeconds: choices.batchWindowSeconds,
    recordBytes: TRANSACTION_BYTES,
    eventsPerRecord: 1,
    journalDays: undefined,
    tableDays: choices.transactionDays,
    toldShare: ANOMALIES,
    fixed: FIXED.transactions,
  });
}

async function billOfPoints(perSecond: number, { pointsPerMessage }: Choices): Promise<Bill> {
  const asked = await askSeries(WINDOW, { isNumbered: true, isCold: false, atOnce: pointsPerMessage });
  return billOfSeries(asked, { perSecond, pointsPerMessage, fixed: FIXED.series });
}
