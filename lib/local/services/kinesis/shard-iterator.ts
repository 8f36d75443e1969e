import { isInput } from './input.ts';
import { KinesisError } from './kinesis-error.ts';

/** Where a reader is: in the token itself, so that nothing needs to be kept and a token outlives a restart. */
export interface ShardIterator {
  readonly stream: string;
  /** Of the stream. */
  readonly createdAt: number;
  readonly shard: number;
  /** The index of the record to read next. */
  readonly next: number;
  readonly issuedAt: number;
}

const LIFETIME = 5 * 60_000;

export function tokenOf(iterator: ShardIterator): string {
  return Buffer.from(JSON.stringify(iterator)).toString('base64');
}

export function readToken(token: string, now: number): ShardIterator {
  const iterator = parse(token);
  if (now - iterator.issuedAt <= LIFETIME) return iterator;
  throw new KinesisError(
    'ExpiredIteratorException',
    `Iterator expired. It was created at ${new Date(iterator.issuedAt).toISOString()}, more than ${LIFETIME} milliseconds ago.`,
  );
}

function parse(token: string): ShardIterator {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    if (
      isInput(value) &&
      typeof value['stream'] === 'string' &&
      NUMBERS.every((name) => Number.isSafeInteger(value[name]))
    ) {
      return value as unknown as ShardIterator;
    }
  } catch {
    // Not JSON: said below.
  }
  throw new KinesisError('InvalidArgumentException', 'Invalid ShardIterator.');
}

const NUMBERS = ['createdAt', 'shard', 'next', 'issuedAt'];
