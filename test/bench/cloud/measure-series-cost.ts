import { formatTable } from '../table.ts';
import { askSeries, type Manner } from './ask-series.ts';
import { PRICES } from './prices.ts';

/** Prints what a point of a series asks of AWS, and what a million cost. */

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

const rows = [];
for (const window of [50, 5000]) {
  rows.push(await measure(window, { isNumbered: false, isCold: false }));
  rows.push(await measure(window, { isNumbered: true, isCold: false }));
  rows.push(await measure(window, { isNumbered: true, isCold: true }));
  for (const atOnce of [1, 10, 100]) rows.push(await measure(window, { isNumbered: true, isCold: false, atOnce }));
}
console.log(formatTable([HEADINGS, ...rows]));

async function measure(window: number, manner: Manner): Promise<string[]> {
  const { requests, readUnits, writeUnits, judgingMs } = await askSeries(window, manner);
  const { isNumbered, isCold, atOnce } = manner;
  const perMessage = atOnce ?? 1;
  const dollars =
    readUnits * PRICES.dynamoReadUnit +
    writeUnits * PRICES.dynamoWriteUnit +
    (2 * PRICES.socketMessage + PRICES.lambdaRequest) / perMessage +
    ((judgingMs + SERVICE_MS / perMessage) / 1000) * FUNCTION_GIGABYTES * PRICES.lambdaGigabyteSecondArm;
  const figures = [requests, readUnits, writeUnits].map((figure) => figure.toFixed(2));
  const how = atOnce === undefined ? (isNumbered ? 'numbered' : 'one at a time') : `${atOnce} a message, alone`;
  const name = `W = ${window}, ${how}${isCold ? ', each cold' : ''}`;
  return [name, ...figures, String(2 / perMessage), judgingMs.toFixed(2), (dollars * 1e6).toFixed(2)];
}
