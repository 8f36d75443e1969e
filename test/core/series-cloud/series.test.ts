import { describe, expect, test } from 'vitest';
import { SeriesDetector } from '../../../lib/core/series/series-detector.ts';
import {
  entryOf,
  FARTHEST_AHEAD,
  isSurelyNext,
  readyEntries,
  standingOf,
  singleEntries,
  type Entry,
  type SingleEntry,
} from '../../../lib/core/series-cloud/entry.ts';
import { readMessage } from '../../../lib/core/series-cloud/message.ts';
import { connectedHead, newHead, sourceOf } from '../../../lib/core/series-cloud/new-head.ts';
import { fullChunks, withoutFullChunks } from '../../../lib/core/series-cloud/full-chunks.ts';
import { joinOutcomes, replyText, type Outcome } from '../../../lib/core/series-cloud/reply.ts';
import { Series } from '../../../lib/core/series-cloud/series.ts';
import { CHUNK_POINTS, type SeriesHead } from '../../../lib/core/series-cloud/series-head.ts';

const CONNECTING = {
  client: 'a',
  window: 5,
  limits: 'textbook',
  owner: '',
  now: 1000,
  connection: { id: 'c1', at: 900 },
} as const;

function openSeries(): Series {
  const head = connectedHead(newHead(CONNECTING, 'born'), CONNECTING);
  return new Series(head, new SeriesDetector(head));
}

function entriesOf(message: object, to = 'c1'): Entry {
  const read = readMessage(JSON.stringify(message));
  if (read.kind === 'ping') throw new TypeError('a sign of life is no entry');
  return entryOf(read, { to, source: sourceOf(undefined, to) });
}

function entry(message: object, to = 'c1'): SingleEntry {
  return singleEntries(entriesOf(message, to))[0]!;
}

function take(series: Series, message: object, to = 'c1'): Outcome {
  const one = entry(message, to);
  return series.take(one, series.findInTail(one));
}

function answerOf(series: Series, outcome: Outcome): unknown {
  return JSON.parse(outcome.kind === 'taken' ? replyText(series.head, outcome.reply) : outcome.text);
}

describe('a series', () => {
  test('takes a point, answers it and keeps it', () => {
    const series = openSeries();
    const outcome = take(series, { timestamp: 1, value: 2 });
    expect(answerOf(series, outcome)).toMatchObject({ timestamp: 1, anomaly: false, alert: false, score: 0 });
    expect(series.head.tail).toMatchObject([{ timestamp: 1, value: 2, late: false }]);
    expect(series.saved.length).toBeGreaterThan(0);
  });

  test('answers a point that it has with what it said, and keeps it once', () => {
    const series = openSeries();
    take(series, { timestamp: 1, value: 2 });
    const again = take(series, { timestamp: 1, value: 2 });
    expect(again.kind).toBe('answered');
    expect(answerOf(series, again)).toMatchObject({ timestamp: 1, duplicate: true });
    expect(series.head.tail).toHaveLength(1);
  });

  test('marks a late point, which it does not learn', () => {
    const series = openSeries();
    take(series, { timestamp: 5, value: 2 });
    expect(answerOf(series, take(series, { timestamp: 4, value: 9 }))).toMatchObject({ timestamp: 4, late: true });
    expect(series.head).toMatchObject({ latest: 5000, tail: [{ late: false }, { late: true, alert: false }] });
  });

  test('counts anomalies and alerts', () => {
    const series = openSeries();
    for (let place = 0; place < 30; place++) take(series, { timestamp: place, value: place % 3 });
    take(series, { timestamp: 31, value: 1e6 });
    expect(series.head).toMatchObject({ anomalies: 1, alerts: 1 });
  });

  test('counts a number whose message is bad, and tells why in its turn', () => {
    const series = openSeries();
    const bad = take(series, { sequence: 1, timestamp: 1 });
    expect([bad.kind, answerOf(series, bad)]).toEqual([
      'taken',
      { error: 'value is missing', sequence: 1, timestamp: 1 },
    ]);
    expect(series.head.numbering.next).toBe(2);
    expect(take(series, { sequence: 1, timestamp: 1 }).kind).toBe('answered');
  });

  test('tells who gives a number to another point', () => {
    const series = openSeries();
    take(series, { sequence: 1, timestamp: 1, value: 1 });
    expect(answerOf(series, take(series, { sequence: 1, timestamp: 1, value: 2 }))).toEqual({
      error: 'sequence 1 was given to another point before',
      sequence: 1,
    });
  });

  test('keeps two points of the same time and value if they have numbers of their own', () => {
    const series = openSeries();
    for (const sequence of [1, 2]) take(series, { sequence, timestamp: 1, value: 1 });
    expect(series.head.tail).toMatchObject([{ numbered: { sequence: 1 } }, { numbered: { sequence: 2 } }]);
  });

  test('takes a number before the first one', () => {
    const series = openSeries();
    expect(take(series, { sequence: 0, timestamp: 1, value: 1 }).kind).toBe('taken');
    expect(series.head.numbering.next).toBe(1);
  });

  test('knows a point of another connection by its time and value, and counts its number', () => {
    const series = openSeries();
    take(series, { sequence: 1, timestamp: 1, value: 1 });
    const head = connectedHead(series.head, { ...CONNECTING, connection: { id: 'c2', at: 950 } });
    const next = new Series(head, new SeriesDetector(head));
    expect(take(next, { sequence: 1, timestamp: 1, value: 1 }, 'c2').kind).toBe('taken');
    expect(next.head).toMatchObject({ numbering: { next: 2 }, tail: [{ timestamp: 1 }] });
  });

  test('goes on to a new chunk when one is full', () => {
    const series = openSeries();
    series.beginChunk();
    expect(series.head).not.toHaveProperty('latestInChunks');
    for (let place = 0; place < CHUNK_POINTS; place++) take(series, { timestamp: place, value: place });
    expect(series.isFull).toBe(true);
    series.beginChunk();
    expect(series.head).toMatchObject({ chunks: 1, tail: [], latestInChunks: (CHUNK_POINTS - 1) * 1000 });
    expect(series.mayBeInChunks(entry({ timestamp: 3, value: 3 }))).toBe(true);
    expect(series.mayBeInChunks(entry({ timestamp: 99, value: 3 }))).toBe(false);
    expect(series.mayBeInChunks(entry({ sequence: 1 }))).toBe(false);
    expect(() => replyText(series.head, { to: 'c1', place: 3 })).toThrow(RangeError);
  });

  test('is committed as the next version', () => {
    const series = openSeries();
    expect(series.confirm({ commit: 'x' })).toMatchObject({ version: 1, commit: 'x' });
    expect(series.findInTail(entry({ sequence: 1 }))).toBeUndefined();
  });
});

describe('a series that others have gone on with', () => {
  function grown(count: number): Series {
    const series = openSeries();
    for (let place = 0; place < count; place++) {
      take(series, { timestamp: place % 7 === 6 ? 0.5 : place, value: (place * 5) % 11 });
    }
    return series;
  }

  test('follows to the same state, bit for bit', () => {
    const [series, ahead] = [grown(40), grown(90)];
    expect(series.follow(ahead.head)).toBe(true);
    expect([series.head, series.saved]).toEqual([ahead.head, ahead.saved]);
  });

  test.each([
    [
      'points lie between that are in no tail',
      (head: SeriesHead) => ({ ...head, chunks: 2, tail: head.tail.slice(64) }),
    ],
    ['it is ahead itself', (head: SeriesHead) => ({ ...head, tail: head.tail.slice(0, 20) })],
    ['the version is an older one', (head: SeriesHead) => ({ ...head, version: -1 })],
    ['it is another series', (head: SeriesHead) => ({ ...head, born: 'another' })],
    ['the window is another', (head: SeriesHead) => ({ ...head, window: 6 })],
    ['the limits are others', (head: SeriesHead) => ({ ...head, limits: 'calibrated' as const })],
    ['the window was changed and changed back', (head: SeriesHead) => ({ ...head, since: 50 })],
  ])('does not, if %s', (_, change) => {
    const series = grown(40);
    const { head, saved } = series;
    expect(series.follow(change(grown(90).head))).toBe(false);
    expect([series.head, series.saved]).toEqual([head, saved]);
  });
});

describe('the answer to a list', () => {
  const list = (...points: object[]): Entry => entriesOf({ points });

  function takeList(series: Series, entries: Entry): Outcome {
    const outcomes = singleEntries(entries).map((single) => series.take(single, series.findInTail(single)));
    return joinOutcomes(entries.to, outcomes);
  }

  test('holds those to its points in their order, bad and known ones too', () => {
    const series = openSeries();
    take(series, { sequence: 1, timestamp: 1, value: 1 });
    const points = [1, 2, 3, 4].map((sequence) => ({ sequence, timestamp: sequence, value: sequence === 3 ? 'x' : 1 }));
    const outcome = takeList(series, list(...points));
    expect(answerOf(series, outcome)).toMatchObject({
      answers: [
        { sequence: 1, duplicate: true },
        { sequence: 2, anomaly: false },
        { sequence: 3, error: 'value must be a finite number (given "x")' },
        { sequence: 4, anomaly: false },
      ],
    });
    expect(series.head.numbering.next).toBe(5);
  });

  test('is kept by the places of new points, however many', () => {
    const series = openSeries();
    const numbered = takeList(series, list(...[1, 2, 3].map((n) => ({ sequence: n, timestamp: n, value: n }))));
    expect(numbered).toEqual({
      kind: 'taken',
      reply: { to: 'c1', list: [{ sequence: 1, place: 0, count: 3 }] },
    });
    const plain = takeList(series, list({ timestamp: 4, value: 1 }, { timestamp: 5, value: 1 }));
    expect(plain).toMatchObject({ reply: { list: [{ place: 3, count: 2 }] } });
    expect(answerOf(series, plain)).toMatchObject({ answers: [{ timestamp: 4 }, { timestamp: 5 }] });
  });

  test('is a plain text if nothing of it is new', () => {
    const series = openSeries();
    take(series, { timestamp: 1, value: 1 });
    const outcome = takeList(series, list({ timestamp: 1, value: 1 }, { timestamp: 2 }));
    expect(outcome.kind).toBe('answered');
    expect(answerOf(series, outcome)).toMatchObject({ answers: [{ duplicate: true }, { error: 'value is missing' }] });
  });

  test('may be made of others', () => {
    const parts = [{ place: 3, count: 2 }, { text: '1' }, { text: '2' }] as const;
    const joined = joinOutcomes('c1', [
      { kind: 'taken', reply: { to: 'c1', list: parts } },
      { kind: 'taken', reply: { to: 'c1', text: '3' } },
    ]);
    expect(joined).toEqual({ kind: 'taken', reply: { to: 'c1', list: [...parts, { text: '3' }] } });
  });
});

test('a tail with several full chunks is parted, each with the latest time up to it', () => {
  const series = openSeries();
  for (let place = 0; place < 2.5 * CHUNK_POINTS; place++) take(series, { timestamp: 1000 - place, value: place });
  expect(fullChunks(series.head)).toMatchObject([
    { index: 0, latest: 1_000_000, points: { length: CHUNK_POINTS } },
    { index: 1, latest: 1_000_000, points: { length: CHUNK_POINTS } },
  ]);
  expect(withoutFullChunks(series.head)).toMatchObject({ chunks: 2, tail: { length: CHUNK_POINTS / 2 } });
});

describe('a message', () => {
  const { head } = openSeries();

  test('waits for those before it, unless it is too far ahead', () => {
    const standings = [1, 2, 1 + FARTHEST_AHEAD, 2 + FARTHEST_AHEAD].map((sequence) =>
      standingOf(head, entry({ sequence, timestamp: 1, value: 1 })),
    );
    expect(standings).toEqual(['ready', 'early', 'early', 'far too early']);
    expect(standingOf(head, entry({ sequence: 9, timestamp: 1, value: 1 }, 'c0'))).toBe('ready');
  });

  test('is ready after those before it, unnumbered ones by their times', () => {
    const messages = [
      entry({ sequence: 4, timestamp: 4, value: 1 }),
      entry({ sequence: 2, timestamp: 2, value: 1 }),
      entry({ timestamp: 9, value: 1 }, 'c9'),
      entry({ sequence: 1, timestamp: 1, value: 1 }),
      entry({ timestamp: 7, value: 1 }, 'c9'),
      { to: 'c9', source: 'c9', content: { kind: 'fault', reason: 'x' } } as const,
      entry({ sequence: 3, timestamp: 8, value: 1 }, 'c0'),
    ];
    const parked = messages.map((one, index) => ({ key: String(index), entry: one }));
    expect(readyEntries(head, parked).map(({ key }) => key)).toEqual(['5', '4', '6', '2', '3', '1']);
  });

  test('holds several numbers if it is a list', () => {
    const points = [1, 2, 3].map((sequence) => ({ sequence, timestamp: sequence, value: 1 }));
    const after = entriesOf({ points: [{ sequence: 4, timestamp: 4, value: 1 }], alone: true });
    expect(after).toMatchObject({ sequence: 4, isAlone: true });
    const parked = [after, entriesOf({ points })].map((one, index) => ({ key: String(index), entry: one }));
    expect(readyEntries(head, parked).map(({ key }) => key)).toEqual(['1', '0']);
    expect(isSurelyNext(head, entriesOf({ points }))).toBe(true);
  });

  test('surely goes on where a head stands, or has to be compared', () => {
    const known: SeriesHead = { ...head, latest: 5000 };
    expect(isSurelyNext(known, entry({ sequence: 1, timestamp: 1, value: 1 }))).toBe(true);
    expect(isSurelyNext(known, entry({ sequence: 2, timestamp: 1, value: 1 }))).toBe(false);
    expect(isSurelyNext(known, entry({ timestamp: 6, value: 1 }))).toBe(true);
    expect(isSurelyNext(head, entry({ timestamp: 6, value: 1 }))).toBe(true);
    const faulty: Entry = { to: 'c1', source: 's', content: { kind: 'fault', reason: 'x' } };
    expect(isSurelyNext(known, faulty)).toBe(false);
    expect(isSurelyNext(known, entry({ timestamp: 5, value: 1 }))).toBe(false);
    expect(isSurelyNext(known, entry({ timestamp: 6, value: 1 }, 'c0'))).toBe(false);
  });
});
