import { WrongParameters } from './refusals.ts';

/** A text as a cursor: opaque to who pages, and fit for an address. */
export function encodeCursor(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** The text of a cursor, if it has the shape that the list gives. @throws WrongParameters */
export function decodeCursor(cursor: string, shape: RegExp): RegExpExecArray {
  const text = Buffer.from(cursor, 'base64url').toString();
  const parts = encodeCursor(text) === cursor ? shape.exec(text) : null;
  if (parts === null) throw wrongCursor(cursor);
  return parts;
}

export function wrongCursor(given: string): WrongParameters {
  return new WrongParameters({ cursor: `must be a cursor as an earlier page of this list gave it (given "${given}")` });
}
