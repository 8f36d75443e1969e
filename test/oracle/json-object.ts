/** A member of a JSON object. */
export interface RawMember {
  readonly key: string;
  /** As it is written. */
  readonly value: string;
  /** Key and value as they are written. */
  readonly text: string;
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The members of the outermost object of a text that `JSON.parse` reads as one, in order, repeated keys included. */
export function rawMembers(text: string): RawMember[] {
  const members: RawMember[] = [];
  let depth = 0;
  let key: RegExpExecArray | undefined;
  let colonEnd = 0;
  let end = 0;
  for (const token of text.matchAll(TOKENS)) {
    const [mark] = token;
    if (mark === '}' || mark === ']') depth--;
    if (depth === 0 || (depth === 1 && mark === ',')) {
      if (key !== undefined) members.push(memberOf(text, { keyStart: key.index, colonEnd, end }));
      key = undefined;
    } else if (depth === 1 && mark === ':') {
      colonEnd = token.index + 1;
    } else {
      key ??= token;
    }
    if (mark === '{' || mark === '[') depth++;
    end = token.index + mark.length;
  }
  return members;
}

/** Keys and values, as written, in order: what two lines have in common that differ in white space alone. */
export function orderedFields(text: string): [key: string, value: string][] {
  return rawMembers(text).map(({ key, value }) => [key, value]);
}

function memberOf(text: string, at: { keyStart: number; colonEnd: number; end: number }): RawMember {
  const key = text.slice(at.keyStart, at.colonEnd - 1);
  return {
    key: JSON.parse(key) as string,
    value: text.slice(at.colonEnd, at.end).trim(),
    text: text.slice(at.keyStart, at.end),
  };
}
