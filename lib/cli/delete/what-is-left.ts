import type { ErasureTarget } from '../../core/erasure/erasure.ts';

/** What the removal cannot reach, or keeps for now. */
export interface Leftover {
  readonly what: string;
  readonly why: string;
  /** When it is gone, in milliseconds since 1970. */
  readonly until?: number;
}

export interface ErasureTimes {
  readonly askedAt: number;
  readonly streamUntil: number;
  readonly due?: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** For so long can tables be restored as they were. */
const RECOVERY_MS = 35 * DAY_MS;

export function whatIsLeft(target: ErasureTarget, { askedAt, streamUntil, due }: ErasureTimes): Leftover[] {
  const recovery: Leftover = {
    what: 'point-in-time backups of the tables',
    why: 'AWS keeps them; after restoring a table from before, run this command again',
    until: askedAt + RECOVERY_MS,
  };
  const late: Leftover[] =
    due === undefined
      ? []
      : [
          {
            what: 'what a function wrote late',
            why: 'it is looked for again by itself within an hour of this',
            until: due,
          },
        ];
  const name = target.kind === 'network' ? 'the name' : 'the id';
  const again = 'everything is gone over for the last time then, or within two hours';
  if (target.kind === 'client') {
    const noted: Leftover = { what: `${name}, in the note of this removal`, why: again, until: streamUntil };
    return [noted, ...late, CONNECTIONS, recovery];
  }
  const stream: Leftover = {
    what: 'events in the stream',
    why: 'Kinesis cannot delete them; nobody applies them any more',
    until: streamUntil,
  };
  const held: Leftover = {
    what: `${name}, with places in the stream`,
    why: `it holds off what the stream still has; ${again}`,
    until: streamUntil,
  };
  return [stream, held, ...late, recovery, ...OF_KIND[target.kind]];
}

const CONNECTIONS: Leftover = {
  what: 'an open connection of the client',
  why: 'its next message is answered that it has to connect again, and then it begins anew',
};

const OF_KIND: Readonly<Record<'network' | 'user', readonly Leftover[]>> = {
  network: [
    { what: 'the name in logs of functions and of access to the buckets', why: 'they expire after logRetentionDays' },
  ],
  user: [
    {
      what: 'models of transactions, totals, statistics',
      why: 'they hold sums and limits over all users, and no row or id of anybody; flagstone train makes a model without the user',
    },
    {
      what: 'purchases of others that were judged against the user’s',
      why: 'they keep amount and time of these, without who it was, as their why',
    },
  ],
};
