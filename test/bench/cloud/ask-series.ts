import { SeriesRoutes } from '../../../functions/series/series.ts';
import type { Connections } from '../../../lib/adapters/sockets/connections.ts';
import { DynamoSeriesStore } from '../../../lib/adapters/series/dynamo-series-store.ts';
import { WORLD } from '../../../lib/adapters/world.ts';
import { MeasuredTable } from './measured-table.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const POINTS = 3200;
const COLD_POINTS = 32;

export interface Manner {
  readonly isNumbered: boolean;
  /** Whether each point comes to a sandbox that knows nothing. */
  readonly isCold: boolean;
  /** Points in a message of a client that waits for each answer; otherwise a point is a message, and may overtake others. */
  readonly atOnce?: number;
}

/** Per point. */
export interface AskedOfSeries {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Of the processor. */
  readonly judgingMs: number;
  readonly storedBytes: number;
}

/** Has the points of one client judged. */
export async function askSeries(window: number, { isNumbered, isCold, atOnce }: Manner): Promise<AskedOfSeries> {
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
  for (let place = 1; place <= window; place++) await send(place);
  table.reset();
  const before = table.storedBytes;
  const start = process.cpuUsage();
  for (let place = window + 1; place <= window + count; place++) await send(place);
  const { user, system } = process.cpuUsage(start);
  return {
    requests: table.requests / count,
    readUnits: table.readUnits / count,
    writeUnits: table.writeUnits / count,
    judgingMs: (user + system) / 1000 / count,
    storedBytes: (table.storedBytes - before) / count,
  };
}
