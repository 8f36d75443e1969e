import type { NetworkEvent } from './event.ts';
import { jsonMembers, type JsonMember } from './json-members.ts';

/** What stands in a gap between two literal parts of a line. */
const GAP = { end: 0, time: 1, firstId: 2, secondId: 3, amount: 4, ignored: 5 } as const;

/** A gap's value without quotes: a JSON number. */
const UNQUOTED = 8;

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
/** A part stands for six characters or more and takes at most four bytes for each, so that 4 KB are room enough. */
const LONGEST_SHAPE = 1024;

/**
 * The form that lines of one kind share: literal bytes with gaps for the values between them. A line that equals
 * the literals and has plain values in the gaps is read like the line the shape was taken from, whatever the values.
 * As the engine reads it, see wasm/assembly/scanner.ts; undefined if only the full parser can read such lines.
 */
export function shapeOf(line: string, type: NetworkEvent['type']): Uint8Array | undefined {
  if (line.length > LONGEST_SHAPE || !PLAIN.test(line)) return undefined;
  const members = jsonMembers(line);
  const keys = new Set(members.map(({ key }) => key));
  const plainKeys = members.every(({ keyStart, keyEnd }) => PLAIN_STRING.test(line.slice(keyStart, keyEnd)));
  if (keys.size !== members.length || !plainKeys) return undefined;

  const parts: Part[] = [];
  let start = 0;
  for (const member of members) {
    const gap = gapOf(member, line.slice(member.valueStart, member.valueEnd), type);
    if (gap === undefined) continue;
    const quote = gap < UNQUOTED ? 1 : 0;
    parts.push({ literal: line.slice(start, member.valueStart + quote), gap });
    start = member.valueEnd - quote;
  }
  const needed = parts.filter(({ gap }) => gap !== GAP.ignored && gap !== GAP.ignored + UNQUOTED);
  if (needed.length < GAPS[type].size) return undefined;
  return encode(type, [...parts, { literal: `${line.slice(start)}\n`, gap: GAP.end }]);
}

/** Literal characters, and the gap behind them. */
interface Part {
  readonly literal: string;
  readonly gap: number;
}

/** Undefined for a value that stays as it is: the type, and values that are neither plain strings nor numbers. */
function gapOf({ key }: JsonMember, value: string, type: NetworkEvent['type']): number | undefined {
  if (key === 'event_type') return undefined;
  const gap = GAPS[type].get(key) ?? GAP.ignored;
  if (PLAIN_STRING.test(value)) return gap;
  return NUMBER.test(value) ? gap + UNQUOTED : undefined;
}

const TYPES: Record<NetworkEvent['type'], number> = { purchase: 0, befriend: 1, unfriend: 2 };
const WORD = 8;
const PART_BYTES = 24;

/** See `Part` in wasm/assembly/scanner.ts. */
function encode(type: NetworkEvent['type'], parts: readonly Part[]): Uint8Array {
  const size = parts.reduce((total, { literal }) => total + PART_BYTES + wordsSize(literal), WORD);
  const encoded = new Uint8Array(size);
  const view = new DataView(encoded.buffer);
  view.setUint32(0, TYPES[type], true);
  let start = WORD;
  for (const { literal, gap } of parts) {
    const bytes = Uint8Array.from(literal, (character) => character.charCodeAt(0));
    const words = wordsSize(literal);
    view.setUint32(start, literal.length, true);
    view.setUint32(start + 4, gap, true);
    encoded.set(bytes.subarray(words), start + 8);
    encoded.fill(0xff, start + 16, start + 16 + literal.length - words);
    encoded.set(bytes.subarray(0, words), start + PART_BYTES);
    start += PART_BYTES + words;
  }
  return encoded;
}

/** How many bytes of a literal are full words. */
function wordsSize({ length }: string): number {
  return length - (length % WORD);
}
