import type { Head, LoadedLog, ShardPosition, SourcePosition } from './head.ts';
import { readStoredJson, type StoredJson } from './stored-json.ts';
import { decodeTally, encodeTally, type StoredTally } from './tally-codec.ts';

const FORMAT = 1;

interface StoredHead
  extends StoredJson, StoredTally, Omit<Head, 'parameters' | 'shards' | 'sources' | 'loaded' | 'tally'> {
  readonly D: number;
  readonly T: number;
  readonly shards: Readonly<Record<string, readonly [sequenceNumber: string, at: number]>>;
  readonly sources: Readonly<Record<string, readonly [next: number, at: number]>>;
  readonly loaded: Readonly<Record<string, readonly [sequencer: string, at: number, identity: string]>>;
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
    ...encodeTally(tally),
    loaded: mapValues(loaded, ({ sequencer, at, identity }) => [sequencer, at, identity] as const),
  };
  return JSON.stringify(stored);
}

/** @throws UnreadableStateError */
export function decodeHead(text: string): Head {
  const { format: _, D, T, tally, latest, ...stored } = readStoredJson('head of a network', text, FORMAT) as StoredHead;
  return {
    ...stored,
    parameters: { degrees: D, tracked: T },
    shards: mapValues(stored.shards, ([sequenceNumber, at]): ShardPosition => ({ sequenceNumber, at })),
    sources: mapValues(stored.sources, ([next, at]): SourcePosition => ({ next, at })),
    loaded: mapValues(stored.loaded, ([sequencer, at, identity]): LoadedLog => ({ sequencer, at, identity })),
    tally: decodeTally({ ...(tally && { tally }), ...(latest && { latest }) }),
  };
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
