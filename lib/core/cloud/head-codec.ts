import type { Head, LoadedLog, ShardPosition, SourcePosition } from './head.ts';
import { readStoredJson, type StoredJson } from './stored-json.ts';
import { EMPTY_TALLY, type MinuteTally, type Tally } from './tally.ts';

const FORMAT = 1;

interface StoredHead extends StoredJson, Omit<Head, 'parameters' | 'shards' | 'sources' | 'loaded' | 'tally'> {
  readonly D: number;
  readonly T: number;
  readonly shards: Readonly<Record<string, readonly [sequenceNumber: string, at: number]>>;
  readonly sources: Readonly<Record<string, readonly [next: number, at: number]>>;
  readonly loaded: Readonly<Record<string, readonly [sequencer: string, at: number, identity: string]>>;
  /** Missing in heads that were written before there was one. */
  readonly tally?: readonly [events: number, flagged: number, rejected: number, ...minutes: number[]];
  /** When the last of them arrived, and how long after it was applied. */
  readonly latest?: readonly [arrivedAt: number, delay: number];
}

/** A head as JSON: small enough that, with a few shards and sources, an item of it takes two write units at most. */
export function encodeHead({ parameters, shards, sources, loaded, tally, ...rest }: Head): string {
  const stored: StoredHead = {
    format: FORMAT,
    ...rest,
    D: parameters.degrees,
    T: parameters.tracked,
    shards: mapValues(shards, ({ sequenceNumber, at }) => [sequenceNumber, at] as const),
    sources: mapValues(sources, ({ next, at }) => [next, at] as const),
    tally: encodeTally(tally),
    ...(tally.latest && { latest: [tally.latest.arrivedAt, tally.latest.appliedAt - tally.latest.arrivedAt] as const }),
    loaded: mapValues(loaded, ({ sequencer, at, identity }) => [sequencer, at, identity] as const),
  };
  return JSON.stringify(stored);
}

/** @throws UnreadableStateError */
export function decodeHead(text: string): Head {
  const { format: _, D, T, latest, ...stored } = readStoredJson('head of a network', text, FORMAT) as StoredHead;
  return {
    ...stored,
    parameters: { degrees: D, tracked: T },
    shards: mapValues(stored.shards, ([sequenceNumber, at]): ShardPosition => ({ sequenceNumber, at })),
    sources: mapValues(stored.sources, ([next, at]): SourcePosition => ({ next, at })),
    loaded: mapValues(stored.loaded, ([sequencer, at, identity]): LoadedLog => ({ sequencer, at, identity })),
    tally: {
      ...(stored.tally === undefined ? EMPTY_TALLY : decodeTally(stored.tally)),
      ...(latest && { latest: { arrivedAt: latest[0], appliedAt: latest[0] + latest[1] } }),
    },
  };
}

/** Each minute as what it is later than the one before, and its counts. */
function encodeTally({ events, flagged, rejected, minutes }: Tally): NonNullable<StoredHead['tally']> {
  let before = 0;
  const flat = minutes.flatMap(([minute, ...counts]) => {
    const later = minute - before;
    before = minute;
    return [later, ...counts];
  });
  return [events, flagged, rejected, ...flat];
}

function decodeTally([events, flagged, rejected, ...flat]: NonNullable<StoredHead['tally']>): Tally {
  const minutes: MinuteTally[] = [];
  let minute = 0;
  for (let at = 0; at < flat.length; at += 3) {
    const [later = 0, minuteEvents = 0, minuteFlagged = 0] = flat.slice(at, at + 3);
    minute += later;
    minutes.push([minute, minuteEvents, minuteFlagged]);
  }
  return { events, flagged, rejected, minutes };
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
