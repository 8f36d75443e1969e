import type { Message, MessageItem, Point } from './message.ts';
import type { SeriesHead } from './series-head.ts';

/** A message of a client that is to be answered. */
export interface Entry {
  /** The connection that it came on. */
  readonly to: string;
  /** What its number, if it has one, belongs to. */
  readonly source: string;
  /** Of a list, the number of its first; that of each further one is the next. */
  readonly sequence?: number;
  readonly content: Item | { readonly kind: 'list'; readonly items: readonly Item[] };
  /** Its client waits for the answer before it says anything else: so nobody's answer can overtake another. */
  readonly isAlone?: true;
}

/** A point, or a fault that, if it has a number, takes its turn. */
type Item =
  | { readonly kind: 'point'; readonly point: Point }
  | { readonly kind: 'fault'; readonly reason: string; readonly timestamp?: string | number };

/** An entry that is no list. */
export interface SingleEntry extends Entry {
  readonly content: Item;
}

/** One that waits for those before it, in the store. */
export interface ParkedEntry {
  /** Its own among those of its client. */
  readonly key: string;
  readonly entry: Entry;
}

/** So far ahead of the next number may one be to be kept waiting: that bounds what a client can leave behind. */
export const FARTHEST_AHEAD = 1000;

export function entryOf(
  message: Exclude<Message, { kind: 'ping' }>,
  { to, source }: Pick<Entry, 'to' | 'source'>,
): Entry {
  const { isAlone } = message;
  const isList = message.kind === 'list';
  const sequence = isList ? message.items[0]?.sequence : message.sequence;
  return {
    to,
    source,
    ...(sequence !== undefined && { sequence }),
    content: isList ? { kind: 'list', items: message.items.map(itemOf) } : itemOf(message),
    ...(isAlone && { isAlone }),
  };
}

function itemOf(item: MessageItem): Item {
  if (item.kind === 'point') return { kind: 'point', point: item.point };
  const { reason, timestamp } = item;
  return { kind: 'fault', reason, ...(timestamp !== undefined && { timestamp }) };
}

/** What a message holds, one after the other. */
export function singleEntries({ to, source, sequence, content }: Entry): SingleEntry[] {
  return itemsOf(content).map((item, place) => {
    const single = { to, source, content: item };
    return sequence === undefined ? single : Object.assign(single, { sequence: sequence + place });
  });
}

function itemsOf(content: Entry['content']): readonly Item[] {
  return content.kind === 'list' ? content.items : [content];
}

/** How many points, or faults, a message holds. */
export function sizeOf({ content }: Entry): number {
  return itemsOf(content).length;
}

/** Its first number, if it is one of those that the series counts now. */
export function turnOf({ numbering }: SeriesHead, { source, sequence }: Entry): number | undefined {
  return source === numbering.source ? sequence : undefined;
}

/** Whether it came on a connection that is its client's no more, and has a number: then it is sent again on another one. */
export function isReplaced({ connection }: SeriesHead, { to, sequence }: Entry): boolean {
  return connection !== undefined && connection.id !== to && sequence !== undefined;
}

/** Whether it can be dealt with now, or has to wait for those before it. */
export function standingOf(head: SeriesHead, entry: Entry): 'ready' | 'early' | 'far too early' {
  if (isReplaced(head, entry)) return 'ready';
  const { next } = head.numbering;
  const turn = turnOf(head, entry);
  if (turn === undefined || turn <= next) return 'ready';
  return turn <= next + FARTHEST_AHEAD ? 'early' : 'far too early';
}

/** Whether it goes on where a head stands, so that it is surely new to it. */
export function isSurelyNext(head: SeriesHead, entry: Entry): boolean {
  const { numbering, latest = -Infinity, connection } = head;
  if (connection?.id !== entry.to) return false;
  if (entry.sequence !== undefined) return turnOf(head, entry) === numbering.next;
  return timeOf(entry) > latest;
}

/** Those that can be dealt with now one after the other: numbered ones in their order, the others in that of their times. */
export function readyEntries(head: SeriesHead, parked: readonly ParkedEntry[]): ParkedEntry[] {
  const turns = parked.map((each) => ({
    each,
    turn: isReplaced(head, each.entry) ? undefined : turnOf(head, each.entry),
  }));
  const ready = turns
    .filter(({ turn }) => turn === undefined)
    .map(({ each }) => each)
    .toSorted((one, other) => timeOf(one.entry) - timeOf(other.entry));
  let { next } = head.numbering;
  const numbered = turns.flatMap(({ each, turn }) => (turn === undefined ? [] : [{ each, turn }]));
  for (const { each, turn } of numbered.toSorted((one, other) => one.turn - other.turn)) {
    if (turn > next) break;
    ready.push(each);
    next = Math.max(next, turn + sizeOf(each.entry));
  }
  return ready;
}

/** That of its first point; of a fault, before all times. */
function timeOf({ content }: Entry): number {
  const [first] = itemsOf(content);
  return first?.kind === 'point' ? first.point.time : -Infinity;
}
