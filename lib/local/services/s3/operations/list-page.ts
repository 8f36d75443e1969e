import type { KeyList } from '../storage/key-list.ts';

/** All texts hold one character a byte, as in KeyList. */
export interface PageRequest {
  readonly prefix: string;
  /** `''` for none: keys that share the text up to it behind the prefix are rolled up into one. */
  readonly delimiter: string;
  readonly after?: PageEnd;
  readonly limit: number;
}

/** The last key of a page, or the last rolled-up prefix: what the next page comes after. */
export interface PageEnd {
  readonly bytes: string;
  readonly isPrefix: boolean;
}

export interface Page {
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
  /** Undefined if nothing follows. */
  readonly end?: PageEnd;
}

/** A page of a listing. Rolled-up keys are skipped by search, however many there are. */
export function listPage(list: KeyList, request: PageRequest): Page {
  const keys: string[] = [];
  const prefixes: string[] = [];
  let end: PageEnd | undefined;
  for (let index = firstIndex(list, request); ;) {
    const key = list.at(index);
    if (key === undefined || !key.startsWith(request.prefix)) return { keys, prefixes };
    if (keys.length + prefixes.length >= request.limit) return { keys, prefixes, ...(end && { end }) };
    const rolledUp = prefixOf(key, request);
    if (rolledUp === undefined) keys.push(key);
    else prefixes.push(rolledUp);
    end = { bytes: rolledUp ?? key, isPrefix: rolledUp !== undefined };
    index = rolledUp === undefined ? index + 1 : list.firstBeyond(rolledUp);
  }
}

function firstIndex(list: KeyList, { prefix, after }: PageRequest): number {
  const first = list.firstFrom(prefix);
  if (after === undefined) return first;
  return Math.max(first, after.isPrefix ? list.firstBeyond(after.bytes) : list.firstAfter(after.bytes));
}

function prefixOf(key: string, { prefix, delimiter }: PageRequest): string | undefined {
  if (delimiter === '') return undefined;
  const index = key.indexOf(delimiter, prefix.length);
  return index === -1 ? undefined : key.slice(0, index + delimiter.length);
}
