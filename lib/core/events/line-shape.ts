import type { NetworkEvent } from './event.ts';
import { jsonMembers, type JsonMember } from './json-members.ts';

/** What stands in a gap between two literal parts of a line. */
export const GAP = { end: 0, time: 1, firstId: 2, secondId: 3, amount: 4, ignored: 5 } as const;

/** A gap's value without quotes: a JSON number. */
export const UNQUOTED = 8;

/**
 * The form that lines of one kind share: literal bytes with gaps for the values between them. A line that equals
 * the literals and has plain values in the gaps is read like the line the shape was taken from, whatever the values.
 */
export interface LineShape {
  readonly type: NetworkEvent['type'];
  /** Two shapes of one form are the same. */
  readonly form: string;
  /**
   * The literals' full words of 8 bytes, one literal after the other, as little-endian doubles: printable ASCII never
   * makes one that is not a number, so doubles are equal just where their bytes are.
   */
  readonly words: Float64Array;
  /** Per literal: its length in bytes, and the index behind its last full word. */
  readonly lengths: Int32Array;
  readonly wordEnds: Int32Array;
  /** Per literal: the up to 7 bytes behind its full words as two integers, each behind a mask of the bits that count. */
  readonly rests: Int32Array;
  /** Per literal: the gap that follows it. */
  readonly gaps: Int32Array;
}

const FRIENDSHIP_GAPS = new Map<string, number>([
  ['timestamp', GAP.time],
  ['id1', GAP.firstId],
  ['id2', GAP.secondId],
]);
const GAPS: Record<NetworkEvent['type'], ReadonlyMap<string, number>> = {
  purchase: new Map<string, number>([
    ['timestamp', GAP.time],
    ['id', GAP.firstId],
    ['amount', GAP.amount],
  ]),
  befriend: FRIENDSHIP_GAPS,
  unfriend: FRIENDSHIP_GAPS,
};

const PLAIN = /^[\x20-\x7e\t\r]*$/;
const PLAIN_STRING = /^"[^"\\]*"$/;
const NUMBER = /^[-\d]/;
const LONGEST_SHAPE = 1024;

/** The shape of a line that is an event of the given type, or undefined if only the full parser can read its like. */
export function shapeOf(line: string, type: NetworkEvent['type']): LineShape | undefined {
  if (line.length > LONGEST_SHAPE || !PLAIN.test(line)) return undefined;
  const members = jsonMembers(line);
  const keys = new Set(members.map(({ key }) => key));
  const plainKeys = members.every(({ keyStart, keyEnd }) => PLAIN_STRING.test(line.slice(keyStart, keyEnd)));
  if (keys.size !== members.length || !plainKeys) return undefined;

  const literals: string[] = [];
  const gaps: number[] = [];
  let literalStart = 0;
  for (const member of members) {
    const gap = gapOf(member, line.slice(member.valueStart, member.valueEnd), type);
    if (gap === undefined) continue;
    const quote = gap < UNQUOTED ? 1 : 0;
    literals.push(line.slice(literalStart, member.valueStart + quote));
    gaps.push(gap);
    literalStart = member.valueEnd - quote;
  }
  const needed = gaps.filter((gap) => gap !== GAP.ignored && gap !== GAP.ignored + UNQUOTED);
  if (needed.length < GAPS[type].size) return undefined;
  return encode(type, [...literals, `${line.slice(literalStart)}\n`], [...gaps, GAP.end]);
}

/** Undefined for a value that stays as it is: the type, and values that are neither plain strings nor numbers. */
function gapOf({ key }: JsonMember, value: string, type: NetworkEvent['type']): number | undefined {
  if (key === 'event_type') return undefined;
  const gap = GAPS[type].get(key) ?? GAP.ignored;
  if (PLAIN_STRING.test(value)) return gap;
  return NUMBER.test(value) ? gap + UNQUOTED : undefined;
}

const WORD = 8;

function encode(type: NetworkEvent['type'], literals: readonly string[], gaps: readonly number[]): LineShape {
  const words: number[] = [];
  const wordEnds: number[] = [];
  const rests: number[] = [];
  for (const literal of literals) {
    const view = new DataView(new ArrayBuffer(literal.length + WORD));
    for (let at = 0; at < literal.length; at++) view.setUint8(at, literal.charCodeAt(at));
    const restStart = literal.length - (literal.length % WORD);
    for (let at = 0; at < restStart; at += WORD) words.push(view.getFloat64(at, true));
    wordEnds.push(words.length);
    for (const at of [restStart, restStart + WORD / 2])
      rests.push(maskOf(literal.length - at), view.getInt32(at, true));
  }
  return {
    type,
    form: JSON.stringify([literals, gaps]),
    words: Float64Array.from(words),
    lengths: Int32Array.from(literals, (literal) => literal.length),
    wordEnds: Int32Array.from(wordEnds),
    rests: Int32Array.from(rests),
    gaps: Int32Array.from(gaps),
  };
}

/** The bits of the first so many bytes of a 32-bit integer. */
function maskOf(bytes: number): number {
  if (bytes <= 0) return 0;
  return bytes >= 4 ? -1 : (1 << (8 * bytes)) - 1;
}
