import { accept, quote, reject, type Parsed } from './event.ts';
import { jsonMembers } from './json-members.ts';

/** A JSON number as it was written: `JSON.parse` would lose the digits of long ones and turn 1e3 into 1000. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A field as an error message shows it. */
export function shown(field: unknown): string {
  return field instanceof NumberText ? field.text : quote(field);
}

/** Reads the named field of an object; undefined where it is missing. */
export type ReadField = (name: string) => unknown;

/**
 * Reads one line as a JSON object. Accepts as JSON exactly what `JSON.parse` accepts (of repeated keys the last one counts),
 * but gives numbers as they were written, see {@link NumberText}.
 */
export function parseFields(text: string): Parsed<ReadField> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return reject(`not valid JSON: ${String(error).replace('SyntaxError: ', '')}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return reject(`not a JSON object (given ${quote(value)})`);
  }
  const fields = new Map(Object.entries(value));
  let numbers: Map<string, NumberText> | undefined;
  return accept((name) => {
    const field: unknown = fields.get(name);
    if (typeof field !== 'number') return field;
    numbers ??= numbersAsWritten(text);
    return numbers.get(name);
  });
}

function numbersAsWritten(text: string): Map<string, NumberText> {
  return new Map(
    jsonMembers(text).map(({ key, valueStart, valueEnd }) => [key, new NumberText(text.slice(valueStart, valueEnd))]),
  );
}
