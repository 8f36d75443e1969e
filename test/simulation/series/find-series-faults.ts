import { DynamoSeriesStore } from '../../../lib/adapters/series/dynamo-series-store.ts';
import { historyLength, SeriesDetector } from '../../../lib/core/series/series-detector.ts';
import {
  CHUNK_POINTS,
  decodeSeriesHead,
  pointCount,
  type SeriesHead,
} from '../../../lib/core/series-cloud/series-head.ts';
import type { StoredPoint } from '../../../lib/core/series-cloud/stored-point.ts';
import type { PlannedMessage } from './scenario.ts';
import type { HeardAnswer, SimulatedClient } from './simulated-client.ts';
import { TABLE, type SeriesWorld } from './world.ts';

/** What the commits of a series tell, and what its points ought to be by that. */
interface SeriesHistory {
  readonly heads: readonly SeriesHead[];
  readonly points: readonly StoredPoint[];
}

export interface SeriesFound {
  readonly faults: readonly string[];
  readonly commits: number;
  readonly points: number;
}

/** Compares what is stored, and what the clients heard, with the plain detector on the order that the commits tell. */
export async function findSeriesFaults(world: SeriesWorld): Promise<SeriesFound> {
  const histories = historiesIn(world);
  const faults = world.clients.flatMap((client) => [...client.faults]);
  for (const history of histories.values()) {
    faults.push(...versionFaults(history), ...verdictFaults(history), ...(await storedFaults(world, history)));
  }
  const stored = Array.from(histories.values(), ({ heads, points }) => ({ client: heads[0]?.client, points }));
  for (const client of world.clients) {
    const own = stored.filter((series) => series.client === client.plan.client).flatMap(({ points }) => points);
    faults.push(...answerFaults(client, own));
  }
  const all = stored.flatMap(({ points }) => points);
  return { faults, commits: Array.from(histories.values()).flatMap(({ heads }) => heads).length, points: all.length };
}

/** Every head that was ever stored, by series; and each point as it was committed. */
function historiesIn({ putItems }: SeriesWorld): Map<string, SeriesHistory> {
  const histories = new Map<string, { heads: SeriesHead[]; points: StoredPoint[] }>();
  for (const { sk, d, p } of putItems) {
    if (sk?.S !== 'h') continue;
    const head = decodeSeriesHead({ document: d?.S ?? '', tail: p?.B ?? new Uint8Array() });
    const history = histories.get(head.born) ?? { heads: [], points: [] };
    histories.set(head.born, history);
    history.heads.push(head);
    const base = head.chunks * CHUNK_POINTS;
    history.points.push(...head.tail.slice(history.points.length - base));
  }
  return histories;
}

function versionFaults({ heads }: SeriesHistory): string[] {
  return heads.flatMap((head, index) => {
    const before = heads[index - 1];
    const faults: string[] = [];
    if (before !== undefined && head.version !== before.version + 1) {
      faults.push(`${head.client}: version ${head.version} follows ${before.version}`);
    }
    if (before !== undefined && pointCount(head) < pointCount(before)) {
      faults.push(`${head.client}: version ${head.version} has fewer points than the one before`);
    }
    return faults;
  });
}

/** The verdicts anew: whenever the window changes, a new detector that has learnt the values before. */
function verdictFaults({ heads, points }: SeriesHistory): string[] {
  const faults: string[] = [];
  let detector: SeriesDetector | undefined;
  let since = -1;
  let latest = -Infinity;
  points.forEach((point, place) => {
    const head = heads.find((one) => pointCount(one) > place);
    if (head === undefined) return;
    if (detector === undefined || head.since !== since) {
      detector = learnt(head, points.slice(0, head.since));
      since = head.since;
    }
    const { anomaly, alert } = detector.score(point.value);
    const isLate = point.time < latest;
    if (point.late !== isLate) faults.push(`${head.client}: point ${place} is ${isLate ? '' : 'not '}late`);
    if (point.anomaly !== anomaly || point.alert !== (alert && !isLate)) {
      faults.push(`${head.client}: point ${place} has another verdict than the plain detector's`);
    }
    if (!isLate) detector.learn(point.value);
    latest = Math.max(latest, point.time);
  });
  return faults;
}

function learnt({ window, limits }: SeriesHead, before: readonly StoredPoint[]): SeriesDetector {
  const detector = new SeriesDetector({ window, limits });
  const values = before.filter(({ late }) => !late).map(({ value }) => value);
  for (const value of values.slice(-historyLength(window))) detector.learn(value);
  return detector;
}

/** The chunks and the tail together are the points as they were committed. */
async function storedFaults(world: SeriesWorld, { heads, points }: SeriesHistory): Promise<string[]> {
  const last = heads.at(-1);
  if (last === undefined) return [];
  const store = new DynamoSeriesStore({ client: directClient(world) as never, table: TABLE });
  if ((await store.readClient(last.client))?.head.born !== last.born) return [];
  const stored: StoredPoint[] = [...last.tail];
  for await (const { points: chunk } of store.readChunksBefore(last, last.chunks)) stored.unshift(...chunk);
  return JSON.stringify(stored) === JSON.stringify(points)
    ? []
    : [`${last.client}: what is stored is not what was committed`];
}

/** Every message is answered and, if it is a point, stored once, with the answer that was heard. */
function answerFaults({ plan, answers, isDone }: SimulatedClient, stored: readonly StoredPoint[]): string[] {
  if (!isDone) return [`${plan.client}: not all is answered`];
  return plan.messages.flatMap((message, place) => {
    const answer = answers[place];
    if (answer === undefined) return [];
    return faultsOf(message, answer, stored).map((fault) => `${plan.client}: message ${place + 1} ${fault}`);
  });
}

function faultsOf({ timestamp, value }: PlannedMessage, answer: HeardAnswer, stored: readonly StoredPoint[]): string[] {
  const same = stored.filter((point) => point.timestamp === timestamp && point.value === value);
  if (typeof value === 'string') return answer.error === undefined ? ['is bad, and was not refused'] : [];
  if (answer.error !== undefined) return [`was refused: ${answer.error}`];
  if (same.length !== 1) return [`is stored ${same.length} times`];
  const [{ anomaly, alert, score, late }] = same as [StoredPoint];
  const isSame = anomaly === answer.anomaly && alert === answer.alert && score === answer.score;
  return isSame && late === (answer.late ?? false) ? [] : ['has another verdict than was heard'];
}

function directClient({ dynamo }: SeriesWorld): object {
  return {
    send: async (command: { input: object }) =>
      dynamo.execute({ name: command.constructor.name, input: command.input as Record<string, unknown> }),
  };
}
