import { accept, quote, reject, type Parsed } from '../../core/events/event.ts';

/** A transaction's fields as its event has them. */
export type TransactionFields = Readonly<Record<string, unknown>>;

const NEEDED = [
  'transaction_id',
  'timestamp',
  'user_id',
  'amount',
  'merchant_category',
  'payment_method',
  'location',
] as const;
const FURTHER = ['merchant', 'device'] as const;
/** The first of these that a file has says whether, and perhaps why, a transaction is anomalous. */
const LABELS = ['label', 'is_fraud'] as const;

/** Reads the names in a file's first line: gives what turns a row of it into fields. Other columns are passed over. */
export function readCsvHeader(header: readonly string[]): Parsed<(row: readonly string[]) => TransactionFields> {
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    return reject(
      `the first line must name the columns; missing ${missing.join(', ')} (given ${quote(names.join(','))})`,
    );
  }
  const columns = [...NEEDED, ...FURTHER].map((name) => [name, names.indexOf(name)] as const);
  const labelColumn = names.indexOf(LABELS.find((name) => names.includes(name)) ?? '');
  return accept((row) => ({
    event_type: 'transaction',
    ...Object.fromEntries(columns.map(([name, index]) => [name, row[index] === '' ? undefined : row[index]])),
    label: labelOf(row[labelColumn]),
  }));
}

const FLAGS: ReadonlySet<string> = new Set(['0', '1', 'true', 'false']);

/** A flag as it is, else the kinds of anomaly, between which anything stands. */
function labelOf(cell: string | undefined): unknown {
  const text = cell?.trim().toLowerCase() ?? '';
  if (text === '') return undefined;
  return FLAGS.has(text) ? text : text.split(/[^a-z0-9_]+/).filter((kind) => kind !== '');
}
