import { SeriesRoutes } from '../../../functions/series/series.ts';
import type { Connections } from '../../../lib/adapters/sockets/connections.ts';
import { DynamoSeriesStore } from '../../../lib/adapters/series/dynamo-series-store.ts';
import { WORLD } from '../../../lib/adapters/world.ts';
import { formatTable } from '../table.ts';
import { MeasuredTable } from './measured-table.ts';
import { PRICES } from './prices.ts';

/** Prints what a point of a series asks of AWS, and what a million cost. */

const DAY_MS = 24 * 60 * 60 * 1000;
const FUNCTION_GIGABYTES = 1;
/** A write, an answer, and a note that it is sent. */
const SERVICE_MS = 25;

const HEADINGS = [
  'per point',
  'DynamoDB requests',
  'read units',
  'write units',
  'messages',
  'ms of judging',
  '$ per million',
];
const POINTS = 3200;
const COLD_POINTS = 32;

const rows = [];
for (const window of [50, 5000]) {
  rows.push(await measure(window, { isNumbered: false, isCold: false }));
  rows.push(await measure(window, { isNumbered: true, isCold: false }));
  rows.push(await measure(window, { isNumbered: true, isCold: true }));
  for (const atOnce of [1, 10, 100]) rows.push(await measure(window, { isNumbered: true, isCold: false, atOnce }));
}
console.log(formatTable([HEADINGS, ...rows]));

interface Manner {
  readonly isNumbered: boolean;
  /** Whether each point comes to a sandbox that knows nothing. */
  readonly isCold: boolean;
  /** Points in a message of a client that waits for each answer; otherwise a point is a message, and may overtake others. */
  readonly atOnce?: number;
}

async function measure(window: number, { isNumbered, isCold, atOnce }: Manner): Promise<string[]> {
  const table = new MeasuredTable();
  const connections: Connections = { post: async () => 'sent', close: async () => undefined };
  const open = (): SeriesRoutes =>
    new SeriesRoutes({
      ...WORLD,
      store: new DynamoSeriesStore({ client: table.client, table: 'series' }),
      connections,
      limits: 'calibrated',
      keptMs: 90 * DAY_MS,
      mostValues: 1e9,
    });
  let routes = open();
  const context = { connectionId: 'L0SM9cOFvHcCIhw=', connectedAt: Date.now() };
  const query = { client_id: 'client-1234', window: String(window), source: 'prices.csv 2026-11-21' };
  await routes.handle({
    requestContext: { ...context, routeKey: '$connect' },
    queryStringParameters: query,
    isBase64Encoded: false,
  });
  const gathered: object[] = [];
  const send = async (place: number): Promise<void> => {
    if (isCold && place > window) routes = open();
    const point = { timestamp: 1.7e9 + 60 * place, value: 100 + Math.round(1e4 * Math.sin(place)) / 1e4 };
    gathered.push({ ...(isNumbered && { sequence: place }), ...point });
    if (gathered.length < (atOnce ?? 1)) return;
    const points = gathered.splice(0);
    const content = points.length > 1 ? { points } : points[0];
    const body = JSON.stringify({ ...content, ...(atOnce !== undefined && { alone: true }) });
    await routes.handle({ requestContext: { ...context, routeKey: '$default' }, body, isBase64Encoded: false });
  };
  const count = isCold ? COLD_POINTS : POINTS;
  const perMessage = atOnce ?? 1;
  for (let place = 1; place <= window; place++) await send(place);
  table.reset();
  const start = performance.now();
  for (let place = window + 1; place <= window + count; place++) await send(place);
  const judging = (performance.now() - start) / count;
  const dollars =
    (table.readUnits * PRICES.dynamoReadUnit + table.writeUnits * PRICES.dynamoWriteUnit) / count +
    (2 * PRICES.socketMessage + PRICES.lambdaRequest) / perMessage +
    ((judging + SERVICE_MS / perMessage) / 1000) * FUNCTION_GIGABYTES * PRICES.lambdaGigabyteSecondArm;
  const figures = [table.requests, table.readUnits, table.writeUnits].map((figure) => (figure / count).toFixed(2));
  const manner = atOnce === undefined ? (isNumbered ? 'numbered' : 'one at a time') : `${atOnce} a message, alone`;
  const name = `W = ${window}, ${manner}${isCold ? ', each cold' : ''}`;
  return [name, ...figures, String(2 / perMessage), judging.toFixed(2), (dollars * 1e6).toFixed(2)];
}
