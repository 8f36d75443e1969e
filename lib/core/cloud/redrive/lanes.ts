import type { CommitBody } from '../commit-body.ts';
import type { Head } from '../head.ts';
import { memoryMs } from '../positions.ts';

/**
 * What is applied in an order of its own: the records of a shard, by their sequence numbers, or the lines of a source, by
 * their offsets.
 */
export interface Lane {
  readonly kind: 'shard' | 'source';
  readonly name: string;
}

/** Numbers of a lane, both ends included. */
export interface Stretch {
  readonly first: bigint;
  readonly last: bigint;
}

/** How far a network had come, as of a version. */
export type Positions = Pick<Head, 'shards' | 'sources'>;

/** What is known of a network as of a version; of the heads before the last one, their bodies tell it. */
export type Moment = Pick<Head, 'version' | 'bodies'> & Positions;

/** A number of a lane, and when its record arrived, in milliseconds since 1970. */
export interface Place {
  readonly number: bigint;
  readonly at: number;
}

/**
 * Whether the stream has brought a network to a place, or past it, so that the stream will not bring it there any more. A lane
 * that is not listed has not begun; or it has been silent for so long, by what arrived since, that it is forgotten.
 */
export function isPast(positions: Positions, { kind, name, number, at }: Lane & Place, retentionMs: number): boolean {
  const reached = reachedIn(positions, { kind, name });
  if (reached !== undefined) return reached >= number;
  const newest = Math.max(...Object.values(positions.shards).map((position) => position.at));
  return newest > at + memoryMs(retentionMs)[kind];
}

/** The last number that a lane had come to. */
export function reachedIn({ shards, sources }: Positions, { kind, name }: Lane): bigint | undefined {
  if (kind === 'shard') {
    const position = shards[name];
    return position && BigInt(position.sequenceNumber);
  }
  const position = sources[name];
  return position && BigInt(position.next) - 1n;
}

/** All that a commit covers. */
export function lanesIn({ covers, sourceCovers = [] }: CommitBody): { lane: Lane; stretch: Stretch }[] {
  return [
    ...covers.map(({ shard: name, first, last }) => ({
      lane: { kind: 'shard', name } as const,
      stretch: { first: BigInt(first), last: BigInt(last) },
    })),
    ...sourceCovers.map(({ source: name, first, next }) => ({
      lane: { kind: 'source', name } as const,
      stretch: { first: BigInt(first), last: BigInt(next) - 1n },
    })),
  ];
}

/** What a commit applied of a lane: everything of it that is the network's, from number to number. */
export function stretchesIn(body: CommitBody, { kind, name }: Lane): Stretch[] {
  return lanesIn(body).flatMap(({ lane, stretch }) => (lane.kind === kind && lane.name === name ? [stretch] : []));
}

export function includes({ first, last }: Stretch, number: bigint): boolean {
  return first <= number && number <= last;
}
