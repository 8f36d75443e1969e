import { createScanner } from 'jsonc-parser';

/** A member of a JSON object, and where its parts stand in the text. */
export interface JsonMember {
  /** The key, its escapes resolved. */
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/**
 * The members of the outermost object, in order, repeated keys included.
 * The text must be one that `JSON.parse` accepts and reads as an object. Takes no recursion, so nesting of any depth is safe.
 */
export function jsonMembers(text: string): JsonMember[] {
  const scanner = createScanner(text, true);
  const nextToken = (): string => {
    scanner.scan();
    return text.charAt(scanner.getTokenOffset());
  };
  const tokenEnd = (): number => scanner.getTokenOffset() + scanner.getTokenLength();

  const members: JsonMember[] = [];
  nextToken();
  while (nextToken() === '"') {
    const key = scanner.getTokenValue();
    const keyStart = scanner.getTokenOffset();
    const keyEnd = tokenEnd();
    nextToken();
    let token = nextToken();
    const valueStart = scanner.getTokenOffset();
    let valueEnd = valueStart;
    for (let depth = 0; depth > 0 || (token !== ',' && token !== '}'); token = nextToken()) {
      if (token === '{' || token === '[') depth++;
      if (token === '}' || token === ']') depth--;
      valueEnd = tokenEnd();
    }
    members.push({ key, keyStart, keyEnd, valueStart, valueEnd });
  }
  return members;
}
