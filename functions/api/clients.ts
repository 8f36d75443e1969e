import { answerClient, answerPoint } from '../../lib/core/api/answer-series.ts';
import { DEFAULT_LIMIT } from '../../lib/core/api/parameters.ts';
import { MOST_READ, type Answer } from '../../lib/core/api/routes.ts';
import { CHUNK_POINTS, isActive, pointCount, type SeriesHead } from '../../lib/core/series-cloud/series-head.ts';
import type { SeriesStore } from '../../lib/adapters/series/series-store.ts';
import type { AnswerersOf } from './answerers.ts';
import { decodeCursor, encodeCursor, wrongCursor } from './cursor.ts';
import { NotThere } from './refusals.ts';

export interface ClientStores {
  readonly series: SeriesStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

type Points = Pick<Answer<'client'>, 'items' | 'cursor'>;

const DEFAULT_POINTS = 1000;
const CHUNKS_AT_A_TIME = 160;
const ANY = /^.+$/su;
/** Of which series, and before which position. */
const PLACE = /^(.+)\/(\d{1,15})$/su;

export function clientAnswerers({ series, now }: ClientStores): AnswerersOf<'clients' | 'client'> {
  return {
    clients: async ({ query: { active, cursor, limit = DEFAULT_LIMIT } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, ANY)[0];
      const items: Answer<'clients'>['items'] = [];
      let last = '';
      let read = 0;
      for await (const head of series.readHeads(active === 'true' ? 'active' : 'all', after)) {
        if (items.length === limit || read++ === MOST_READ.clients) return { items, cursor: encodeCursor(last) };
        last = head.client;
        if (active === undefined || isActive(head, now()) === (active === 'true'))
          items.push(answerClient(head, now()));
      }
      return { items };
    },
    client: async ({ path: { client_id: client }, query: { limit = DEFAULT_POINTS, cursor, after = -1 } }) => {
      const head = (await series.readClient(client))?.head;
      if (head === undefined) throw new NotThere('no client of this id has connected');
      const before = cursor === undefined ? pointCount(head) : positionIn(cursor, head);
      return { ...answerClient(head, now()), ...(await readPoints(series, head, { after, before, limit })) };
    },
  };
}

/** Positions; both ends are excluded. */
interface Span {
  readonly after: number;
  readonly before: number;
  readonly limit: number;
}

/** The newest points of a span, oldest first. */
async function readPoints(series: SeriesStore, head: SeriesHead, { after, before, limit }: Span): Promise<Points> {
  const newestFirst: Points['items'] = [];
  for await (const { index, points } of chunksBefore(series, head, { after, before, limit })) {
    for (const [place, point] of Array.from(points.entries()).toReversed()) {
      const position = index * CHUNK_POINTS + place;
      if (position >= before) continue;
      if (position <= after) return { items: newestFirst.toReversed() };
      const oldest = newestFirst.at(-1);
      if (newestFirst.length === limit && oldest !== undefined) {
        return { items: newestFirst.toReversed(), cursor: encodeCursor(`${head.born}/${oldest.position}`) };
      }
      newestFirst.push(answerPoint(position, point));
    }
  }
  return { items: newestFirst.toReversed() };
}

/** The chunks that reach into a span, from the newest on; the head holds the last. */
async function* chunksBefore(series: SeriesStore, head: SeriesHead, { after, before, limit }: Span) {
  const { chunks, tail } = head;
  if (before > chunks * CHUNK_POINTS) yield { index: chunks, points: tail };
  const end = Math.min(chunks, Math.ceil(before / CHUNK_POINTS));
  const wanted = Math.ceil(Math.min(limit + 1, before - after) / CHUNK_POINTS) + 1;
  if (end > 0) yield* series.readChunksBefore(head, end, Math.min(wanted, CHUNKS_AT_A_TIME));
}

/** Positions of another series that had this client's name mean nothing in this one. */
function positionIn(cursor: string, { born }: SeriesHead): number {
  const [, of, position] = decodeCursor(cursor, PLACE);
  if (of !== born) throw wrongCursor(cursor);
  return Number(position);
}
