import { parseArgs, type ParseArgsConfig } from 'node:util';
import { suggestion } from './nearest-name.ts';
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

/** Reads `--name=value` and `--name value`; of a repeated option the last one counts. */
export function parseOptions<Table extends OptionTable>(table: Table, args: readonly string[]): OptionValues<Table> {
  const config = { args: [...args], options: parserOptions(table), strict: false, tokens: true } as const;
  const given = new Map<string, string | true>();
  for (const token of parseArgs(config).tokens) {
    if (token.kind === 'option') given.set(token.name, readOption(table, token));
    if (token.kind === 'positional') throw new UsageError(`unexpected argument ${JSON.stringify(token.value)}`);
  }
  const missing = Object.entries(table).filter(([name, { required }]) => required === true && !given.has(name));
  if (missing.length > 0) {
    throw new UsageError(`missing ${missing.map(([name, { value }]) => `--${name}=${value}`).join(', ')}`);
  }
  const values = Object.entries(table).map(([name, { value }]) => [
    name,
    given.get(name) ?? (value ? undefined : false),
  ]);
  return Object.fromEntries(values) as OptionValues<Table>;
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
