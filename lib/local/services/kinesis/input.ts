import { KinesisError } from './kinesis-error.ts';

/** The JSON object of a request. */
export type Input = Readonly<Record<string, unknown>>;

interface Range {
  readonly min: number;
  readonly max: number;
}

/** A text of so many characters, as JavaScript counts them. @throws ValidationException */
export function textIn(input: Input, name: string, { min, max }: Range = { min: 1, max: Infinity }): string {
  const value = input[name];
  if (typeof value === 'string' && value.length >= min && value.length <= max) return value;
  throw invalid(name, value, max === Infinity ? 'a text' : `a text of ${min} to ${max} characters`);
}

export function optionalText(input: Input, name: string): string | undefined {
  return input[name] === undefined || input[name] === null ? undefined : textIn(input, name);
}

/** A whole number, or what is taken where none is given. @throws ValidationException */
export function numberIn(
  input: Input,
  name: string,
  { min, max, otherwise }: Range & { readonly otherwise?: number },
): number {
  const value = input[name] ?? otherwise;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalid(name, value, `a whole number from ${min} to ${max}`);
}

export function oneOf<Choice extends string>(input: Input, name: string, choices: readonly Choice[]): Choice {
  const value = input[name];
  const choice = choices.find((one) => one === value);
  if (choice === undefined) throw invalid(name, value, choices.join(', '));
  return choice;
}

/** Bytes in base64. @throws SerializationException */
export function bytesIn(input: Input, name: string): Buffer {
  const value = input[name];
  if (typeof value !== 'string') throw invalid(name, value, 'bytes in base64');
  const bytes = Buffer.from(value, 'base64');
  if (Math.ceil(bytes.length / 3) * 4 === value.length) return bytes;
  throw new KinesisError('SerializationException', `${name} is not base64`);
}

export function objectIn(input: Input, name: string): Input | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (isInput(value)) return value;
  throw invalid(name, value, 'an object');
}

export function isInput(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What would be silently left undone is refused by name. */
export function refuse(input: Input, names: readonly string[]): void {
  const given = names.find((name) => input[name] !== undefined && input[name] !== null);
  if (given !== undefined)
    throw new KinesisError('ValidationException', `the local Kinesis does not implement ${given}`);
}

export function invalid(name: string, value: unknown, allowed: string): KinesisError {
  const given = value === undefined ? 'nothing' : (JSON.stringify(value) ?? '').slice(0, 100);
  return new KinesisError(
    'ValidationException',
    `1 validation error detected: ${name} must be ${allowed} (given ${given})`,
  );
}
