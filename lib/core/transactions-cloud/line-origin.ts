import { hashOf } from '../text/hash-of.ts';

/** Where a line of the stream stands. */
interface LinePlace {
  readonly shard: string;
  readonly sequenceNumber: string;
  /** The number of the line in its record, counted from 1. */
  readonly line: number;
}

/**
 * 32 bits of a line's place: stored with a transaction, they tell the line that it came on from others that repeat its id.
 * Two of these have the same bits once in four billion times, and then one of them may be counted, too.
 */
export function originOf({ shard, sequenceNumber, line }: LinePlace): number {
  return hashOf(`${shard}/${sequenceNumber}/${line}`);
}
