import { expectFormat, UnreadableStateError } from './unreadable-state-error.ts';

/** A JSON document as it is stored: an object that says its format. */
export interface StoredJson {
  readonly format: number;
}

/**
 * Reads a stored document of the one known format; that its fields are as they were written is taken for granted.
 * @throws UnreadableStateError
 */
export function readStoredJson(what: string, text: string, format: number): StoredJson {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which holds users and amounts, and this one gets into logs.
    throw new UnreadableStateError(what, 'it is not valid JSON');
  }
  expectFormat(what, (document as StoredJson | null)?.format, format);
  return document as StoredJson;
}
