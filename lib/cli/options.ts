import { parseArgs, type ParseArgsConfig } from 'node:util';
import { suggestion } from '../core/text/nearest-name.ts';
import { UsageError } from './usage-error.ts';

/** An option that takes a value says what (`FILE`); one that takes none is a switch. */
interface OptionEntry {
  readonly value?: string;
  readonly required?: boolean;
  readonly help: string;
}

export type OptionTable = Readonly<Record<string, OptionEntry>>;

/** The values given: text, `true` for a switch, and of an optional one perhaps nothing. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends { value: string }
    ? Table[Name] extends { required: true }
      ? string
      : string | undefined
    : boolean;
};

/** What stands in the command without `--name=`, in this order, by its lower-case name. All of it has to be given. */
export type ArgumentTable = Readonly<Record<string, { readonly help: string }>>;

/** Of no argument there is a value. */
type NoArguments = Readonly<Record<string, never>>;

export type ArgumentValues<Arguments extends ArgumentTable> = { readonly [Name in keyof Arguments]: string };

/** Reads `--name=value` and `--name value`, of a repeated option the last one counts; and the arguments of the table, if any. */
export function parseOptions<Table extends OptionTable, Arguments extends ArgumentTable = NoArguments>(
  table: Table,
  args: readonly string[],
  argumentTable?: Arguments,
): OptionValues<Table> & ArgumentValues<Arguments> {
  const config = { args: [...args], options: parserOptions(table), strict: false, tokens: true } as const;
  const expected = Object.keys(argumentTable ?? {});
  const given = new Map<string, string | true>();
  for (const token of parseArgs(config).tokens) {
    if (token.kind === 'option') given.set(token.name, readOption(table, token));
    if (token.kind === 'positional') given.set(nextArgument(expected, token.value), token.value);
  }
  const missing = [...expected.map(argumentName), ...missingOptions(table, given)];
  if (missing.length > 0) throw new UsageError(`missing ${missing.join(', ')}`);
  const absent = Object.entries(table).map(([name, { value }]) => [name, value === undefined ? false : undefined]);
  return Object.fromEntries([...absent, ...given]) as OptionValues<Table> & ArgumentValues<Arguments>;
}

/** How help and messages call an argument. */
export function argumentName(name: string): string {
  return name.toUpperCase();
}

function nextArgument(expected: string[], value: string): string {
  const name = expected.shift();
  if (name === undefined) throw new UsageError(`unexpected argument ${JSON.stringify(value)}`);
  return name;
}

function missingOptions(table: OptionTable, given: ReadonlyMap<string, unknown>): string[] {
  const missing = Object.entries(table).filter(([name, { required }]) => required === true && !given.has(name));
  return missing.map(([name, { value }]) => `--${name}=${value}`);
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function readOption(table: OptionTable, { name, rawName, value, inlineValue }: OptionToken): string | true {
  const entry = Object.hasOwn(table, name) ? table[name] : undefined;
  if (entry === undefined) {
    throw new UsageError(`unknown option ${rawName}${suggestion(name, Object.keys(table), '--')}`);
  }
  if (entry.value === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value (given ${JSON.stringify(value)})`);
    return true;
  }
  if (!value) throw new UsageError(`${rawName} needs a value: ${rawName}=${entry.value}`);
  if (!inlineValue && value.startsWith('--')) {
    throw new UsageError(`${rawName} needs a value: ${rawName}=${entry.value} (given the option ${value})`);
  }
  return value;
}

function parserOptions(table: OptionTable): ParseArgsConfig['options'] {
  return Object.fromEntries(
    Object.entries(table).map(([name, { value }]) => [name, { type: value === undefined ? 'boolean' : 'string' }]),
  );
}
