import { readStoredJson, type StoredJson } from '../cloud/stored-json.ts';
import type { Limits } from '../series/series-options.ts';
import { packPoints, unpackPoints } from './packed-points.ts';
import type { StoredPoint } from './stored-point.ts';

/** Points in a chunk. The head holds about as many, and is written at every message: 32 are some 600 bytes. */
export const CHUNK_POINTS = 32;

/** The state of a client, all that changes at a point: one item, replaced only if it still has the version before. */
export interface SeriesHead {
  readonly client: string;
  /** The number of commits. */
  readonly version: number;
  /** A text of the last commit's own: whoever made it knows it again, though the reply to it was lost. */
  readonly commit: string;
  /** A text that no other series of this client's name has: the names of its chunks begin with it. */
  readonly born: string;
  readonly window: number;
  readonly limits: Limits;
  /** The place of the point from which on this window and these limits judge. */
  readonly since: number;
  /** How many full chunks there are beside the tail. */
  readonly chunks: number;
  /** The latest points. What of them fills chunks is written as such before the next point is taken. */
  readonly tail: readonly StoredPoint[];
  /** How many of all points are anomalous, and at how many an alert was given. */
  readonly anomalies: number;
  readonly alerts: number;
  /** The latest time of all points; undefined before the first. */
  readonly latest?: number;
  /** The latest time of the points in the full chunks. */
  readonly latestInChunks?: number;
  /** Which source numbers its points now, the how manieth it is, and the number that is dealt with next. */
  readonly numbering: Numbering;
  /** The latest one, also when it is gone. */
  readonly connection?: HeldConnection;
  /** Who may act as this client. */
  readonly owner: string;
  /** The answers of the last commit whose order matters. */
  readonly turn?: Turn;
  /** When the client was last heard of, and until when all chunks of its window are kept; milliseconds since 1970. */
  readonly seenAt: number;
  readonly chunksKeptUntil: number;
  /** Until when its points are told to who watches them, in milliseconds since 1970; missing where nobody has watched. */
  readonly watchedUntil?: number;
}

export interface Numbering {
  readonly source: string;
  readonly scope: number;
  readonly next: number;
}

export interface HeldConnection {
  readonly id: string;
  /** When it was opened, in milliseconds since 1970. */
  readonly at: number;
  readonly isGone?: true;
}

/** Answers being sent. Nobody sends later ones before these are known to be sent, or their time is over and they are sent again. */
interface Turn {
  /** Of the commit that they are of. */
  readonly version: number;
  readonly until: number;
  readonly replies: readonly Reply[];
}

/** A reply that can be made again from the head: the answer to a new point, a text, or the answers to a list. */
export type Reply =
  | { readonly to: string; readonly sequence?: number; readonly place: number }
  | { readonly to: string; readonly text: string }
  | { readonly to: string; readonly list: readonly ReplyPart[] };

/** Answers to so many new points in a row, or a text. */
export type ReplyPart =
  { readonly sequence?: number; readonly place: number; readonly count: number } | { readonly text: string };

export interface EncodedHead {
  readonly document: string;
  readonly tail: Uint8Array;
}

const FORMAT = 1;

type StoredHead = StoredJson & Omit<SeriesHead, 'tail'>;

export function encodeSeriesHead({ tail, ...rest }: SeriesHead): EncodedHead {
  return { document: JSON.stringify({ format: FORMAT, ...rest }), tail: packPoints(tail) };
}

/** @throws UnreadableStateError */
export function decodeSeriesHead({ document, tail }: EncodedHead): SeriesHead {
  const { format: _, ...rest } = readStoredJson('head of a series', document, FORMAT) as StoredHead;
  return { ...rest, tail: unpackPoints(tail) };
}

/** How many points the series has. */
export function pointCount({ chunks, tail }: SeriesHead): number {
  return chunks * CHUNK_POINTS + tail.length;
}

/** API Gateway ends a connection after two hours; it need not tell. */
const LONGEST_CONNECTION_MS = 2 * 60 * 60 * 1000;

/** Whether the client is connected, as far as can be known. */
export function isActive(head: SeriesHead, now: number): boolean {
  const { connection } = head;
  return connection !== undefined && connection.isGone !== true && now - connection.at <= LONGEST_CONNECTION_MS;
}

/** Whether nobody has said that the connection is gone. */
export function isConnected({ connection }: SeriesHead): boolean {
  return connection !== undefined && connection.isGone !== true;
}

/** Whether somebody may be watching its points. */
export function isWatched({ watchedUntil = 0 }: SeriesHead, now: number): boolean {
  return now < watchedUntil;
}

/** The points of the tail from a place on, each with its place. */
export function pointsFrom(head: SeriesHead, place: number): (readonly [place: number, point: StoredPoint])[] {
  const first = head.chunks * CHUNK_POINTS;
  return head.tail.map((point, at) => [first + at, point] as const).slice(Math.max(0, place - first));
}
