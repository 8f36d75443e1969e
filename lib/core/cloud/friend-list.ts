import type { UserId } from '../events/event.ts';
import { BitReader } from './bit-reader.ts';
import { BitWriter } from './bit-writer.ts';
import { idOfText, textOfId } from './id-text.ts';
import { differences, readCode, readColumn, sums, writeCode, writeColumn } from './number-column.ts';

/**
 * Packs ids, sorted, by front coding: each gives how much of the one before it begins with, and the rest. Then come all the rests as one
 * text: one call of the encoder is several times faster than one an id.
 */
export function packIds(ids: readonly UserId[]): Uint8Array {
  const texts = ids.toSorted().map(textOfId);
  const prefixes = texts.map((text, index) => sharedLength(text, texts[index - 1] ?? ''));
  const rests = texts.map((text, index) => text.slice(prefixes[index]));

  const writer = new BitWriter();
  writeCode(writer, ids.length, COUNT_ORDER);
  writeColumn(writer, differences(texts.map((text) => text.length)));
  writeColumn(writer, prefixes);
  writer.writeBytes(encoder.encode(rests.join('')));
  return writer.toBytes();
}

/** Gives the ids in the order of their UTF-16 units. @throws UnreadableStateError */
export function unpackIds(what: string, bytes: Uint8Array): UserId[] {
  const reader = new BitReader(what, bytes);
  const count = readCode(reader, COUNT_ORDER);
  const lengths = sums(readColumn(reader, count));
  const prefixes = readColumn(reader, count);
  const rests = decodeText(reader);

  const ids: UserId[] = [];
  let last = '';
  let position = 0;
  for (const [index, length] of lengths.entries()) {
    const prefix = prefixes[index] as number;
    const end = position + length - prefix;
    if (prefix < 0 || prefix > last.length || end < position || end > rests.length)
      throw reader.fault('its ids do not fit together');
    last = last.slice(0, prefix) + rests.slice(position, end);
    position = end;
    ids.push(idOfText(last));
  }
  if (position < rests.length) throw reader.fault('it goes on behind its end');
  return ids;
}

const COUNT_ORDER = 6;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** How much two texts begin with in common, not ending amid a surrogate pair. */
function sharedLength(text: string, other: string): number {
  const most = Math.min(text.length, other.length);
  let length = 0;
  while (length < most && text.charCodeAt(length) === other.charCodeAt(length)) length++;
  return isHighSurrogate(text.charCodeAt(length - 1)) ? length - 1 : length;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function decodeText(reader: BitReader): string {
  const bytes = reader.readRest();
  try {
    return decoder.decode(bytes);
  } catch {
    throw reader.fault('an id in it is not valid UTF-8');
  }
}
