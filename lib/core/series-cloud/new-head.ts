import type { ConnectRequest } from './connect-request.ts';
import type { Limits } from '../series/series-options.ts';
import { pointCount, type HeldConnection, type Numbering, type SeriesHead } from './series-head.ts';

/** The number of a first point, if nothing is said of it; one before it is taken, too. */
const USUAL_FIRST = 1;

export interface Connecting extends ConnectRequest {
  readonly connection: HeldConnection;
  readonly limits: Limits;
  readonly owner: string;
  readonly now: number;
}

/** The head of a client that was not known, or has been forgotten, before its first commit. */
export function newHead({ client, window, limits, owner, now }: Connecting, born: string): SeriesHead {
  return {
    client,
    version: 0,
    commit: '',
    born,
    window,
    limits,
    since: 0,
    chunks: 0,
    tail: [],
    anomalies: 0,
    alerts: 0,
    numbering: { source: '', scope: 0, next: 0 },
    owner,
    seenAt: now,
    chunksKeptUntil: 0,
  };
}

/** The head with another connection. Another window, or other limits, judge from the next point on. */
export function connectedHead(head: SeriesHead, connecting: Connecting): SeriesHead {
  const { window, limits, connection, owner, now } = connecting;
  const isSame = window === head.window && limits === head.limits;
  return {
    ...head,
    // A client of before anybody was asked belongs to who first says who they are.
    owner: head.owner === '' ? owner : head.owner,
    connection,
    numbering: nextNumbering(head.numbering, connecting),
    seenAt: now,
    // A longer window reaches further back: what it holds is to be kept on.
    ...(!isSame && { window, limits, since: pointCount(head), chunksKeptUntil: 0 }),
  };
}

export function disconnectedHead(head: SeriesHead): SeriesHead {
  const { connection } = head;
  return connection === undefined ? head : { ...head, connection: { ...connection, isGone: true } };
}

function nextNumbering(
  { source, scope, next }: Numbering,
  { source: given, first, connection }: Pick<Connecting, 'source' | 'first' | 'connection'>,
): Numbering {
  const named = sourceOf(given, connection.id);
  if (named === source) return { source, scope, next: first ?? next };
  return { source: named, scope: scope + 1, next: first ?? USUAL_FIRST };
}

/** What a connection's numbers belong to: the source that it names, or else itself. The prefix keeps the two apart. */
export function sourceOf(given: string | undefined, connectionId: string): string {
  return given === undefined ? `connection ${connectionId}` : `source ${given}`;
}
