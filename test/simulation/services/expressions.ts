import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { SimulationGap } from '../world/wire.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

/** The words that an expression's placeholders stand for. */
export interface Placeholders {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>>;
}

type Test = (item: Item | undefined, operands: readonly string[], placeholders: Placeholders) => boolean;

const PATH = '([#\\w]+)';
const VALUE = '(:\\w+)';

/** All the forms of conditions that the code uses, joined by AND and OR. */
const FORMS: readonly (readonly [RegExp, Test])[] = [
  [form(`attribute_not_exists ?\\(${PATH}\\)`), (item, [path = ''], names) => valueAt(item, path, names) === undefined],
  [form(`attribute_exists ?\\(${PATH}\\)`), (item, [path = ''], names) => valueAt(item, path, names) !== undefined],
  [form(`begins_with ?\\(${PATH}, ?${VALUE}\\)`), (item, operands, names) => beginsWith(item, operands, names)],
  [form(`${PATH} = ${VALUE}`), (item, operands, names) => compared(item, operands, names) === 0],
  [form(`${PATH} < ${VALUE}`), (item, operands, names) => compared(item, operands, names) < 0],
  [form(`${PATH} <= ${VALUE}`), (item, operands, names) => compared(item, operands, names) <= 0],
  [form(`${PATH} > ${VALUE}`), (item, operands, names) => compared(item, operands, names) > 0],
  [form(`${PATH} >= ${VALUE}`), (item, operands, names) => compared(item, operands, names) >= 0],
];

const BETWEEN = /([#\w]+) BETWEEN (:\w+) AND (:\w+)/g;

/** Whether a condition, a key condition or a filter holds for an item, or for its absence. */
export function holds(given: string, item: Item | undefined, placeholders: Placeholders): boolean {
  const expression = given.replaceAll(BETWEEN, '($1 >= $2 AND $1 <= $3)');
  const alternatives = splitOutside(expression, ' OR ');
  if (alternatives.length > 1) return alternatives.some((part) => holds(part, item, placeholders));
  const parts = splitOutside(expression, ' AND ');
  if (parts.length > 1) return parts.every((part) => holds(part, item, placeholders));
  const inner = /^\((.*)\)$/.exec(expression)?.[1];
  return inner === undefined ? holdsTerm(expression, item, placeholders) : holds(inner, item, placeholders);
}

/** Splits at a word that is in no parentheses. */
function splitOutside(expression: string, word: string): string[] {
  const parts = [''];
  for (const piece of expression.split(word)) {
    const last = parts.at(-1) ?? '';
    const isOpen = last.split('(').length > last.split(')').length;
    if (last === '' && parts.length === 1) parts[0] = piece;
    else if (isOpen) parts[parts.length - 1] = last + word + piece;
    else parts.push(piece);
  }
  return parts;
}

function holdsTerm(term: string, item: Item | undefined, placeholders: Placeholders): boolean {
  for (const [pattern, test] of FORMS) {
    const match = pattern.exec(term);
    if (match !== null) return test(item, match.slice(1), placeholders);
  }
  throw new SimulationGap(`the simulation does not know the condition "${term}"`);
}

function form(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

function valueAt(item: Item | undefined, path: string, names: Placeholders): AttributeValue | undefined {
  const name = path.startsWith('#') ? names.ExpressionAttributeNames?.[path] : path;
  if (name === undefined) throw new SimulationGap(`the expression does not say what ${path} is`);
  return item?.[name];
}

function placeholderValue(name: string, { ExpressionAttributeValues: values }: Placeholders): AttributeValue {
  const value = values?.[name];
  if (value === undefined) throw new SimulationGap(`the expression does not say what ${name} is`);
  return value;
}

function beginsWith(item: Item | undefined, [path = '', name = '']: readonly string[], names: Placeholders): boolean {
  return valueAt(item, path, names)?.S?.startsWith(placeholderValue(name, names).S ?? '') ?? false;
}

/** Not a number where DynamoDB compares nothing: if the attribute is missing or of another type. */
function compared(item: Item | undefined, [path = '', name = '']: readonly string[], names: Placeholders): number {
  const stored = valueAt(item, path, names);
  const given = placeholderValue(name, names);
  if (stored?.N !== undefined && given.N !== undefined) return Number(stored.N) - Number(given.N);
  if (stored?.S !== undefined && given.S !== undefined) return Buffer.compare(bytes(stored.S), bytes(given.S));
  if (stored?.B !== undefined && given.B !== undefined) return Buffer.compare(stored.B, given.B);
  return NaN;
}

function bytes(text: string): Buffer {
  return Buffer.from(text);
}
