import { isTooLong, LONGEST_ID_BYTES } from '../cloud/id-text.ts';
import { accept, quote, reject, type Parsed, type Seconds, type UserId } from '../events/event.ts';
import { NumberText, parseFields, shown, type ReadField } from '../events/json-fields.ts';
import { isMissing, readAmount, readTime, readUserId, rejectMissing } from '../events/read-fields.ts';
import { LONGEST_TEXT_BYTES, type Transaction, type TransactionId } from './transaction.ts';

/** Reads one line as a `transaction` event, or says why it is none. Never throws, whatever the text. */
export function parseTransaction(text: string): Parsed<Transaction> {
  const fields = parseFields(text);
  return fields.ok ? readTransaction(fields.value) : fields;
}

/** As {@link parseTransaction}, from the fields of a line whose `event_type` is known to be `transaction`. */
export function readTransaction(read: ReadField): Parsed<Transaction> {
  const id = readId('transaction_id', read);
  if (!id.ok) return id;
  const user = readId('user_id', read);
  if (!user.ok) return user;
  const amount = readAmount(read);
  if (!amount.ok) return amount;
  const time = readEitherTime(read);
  if (!time.ok) return time;
  const habits = readTexts(read);
  if (!habits.ok) return habits;
  const extras = readExtras(read);
  if (!extras.ok) return extras;
  const key = { id: id.value as string as TransactionId, user: user.value, amount: amount.value, time: time.value };
  return accept({ ...key, ...habits.value, ...extras.value });
}

function readId(name: string, read: ReadField): Parsed<UserId> {
  const id = readUserId(name, read);
  if (!id.ok || !isTooLong(id.value)) return id;
  return reject(`${name} must be at most ${LONGEST_ID_BYTES} bytes long in UTF-8 (given ${quote(id.value)})`);
}

/** Card systems write times with a T between date and time as often as with a space. */
function readEitherTime(read: ReadField): Parsed<Seconds> {
  return readTime((name) => {
    const value = read(name);
    return typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\d)T/, '$1 ') : value;
  });
}

type Texts = Pick<Transaction, 'location' | 'merchantCategory' | 'paymentMethod'>;

function readTexts(read: ReadField): Parsed<Texts> {
  const location = readText('location', read);
  if (!location.ok) return location;
  const merchantCategory = readText('merchant_category', read);
  if (!merchantCategory.ok) return merchantCategory;
  const paymentMethod = readText('payment_method', read);
  if (!paymentMethod.ok) return paymentMethod;
  return accept({
    location: location.value,
    merchantCategory: merchantCategory.value,
    paymentMethod: paymentMethod.value,
  });
}

type Extras = Pick<Transaction, 'device' | 'merchant' | 'label'>;

function readExtras(read: ReadField): Parsed<Extras> {
  const device = readOptionalText('device', read);
  if (!device.ok) return device;
  const merchant = readOptionalText('merchant', read);
  if (!merchant.ok) return merchant;
  const label = readLabel(read);
  if (!label.ok) return label;
  return accept({
    ...(device.value !== undefined && { device: device.value }),
    ...(merchant.value !== undefined && { merchant: merchant.value }),
    ...(label.value !== undefined && { label: label.value }),
  });
}

const encoder = new TextEncoder();
/** No text with so few characters is too long in UTF-8. */
const SHORT = Math.floor(LONGEST_TEXT_BYTES / 3);

function readText(name: string, read: ReadField): Parsed<string> {
  const value = read(name);
  if (isMissing(value)) return rejectMissing(name, value);
  if (typeof value !== 'string') return reject(`${name} must be a non-empty string (given ${shown(value)})`);
  if (value.length <= SHORT || encoder.encode(value).length <= LONGEST_TEXT_BYTES) return accept(value);
  return reject(`${name} must be at most ${LONGEST_TEXT_BYTES} bytes long in UTF-8 (given ${shown(value)})`);
}

function readOptionalText(name: string, read: ReadField): Parsed<string | undefined> {
  return isMissing(read(name)) ? accept(undefined) : readText(name, read);
}

/** A label that says that, but not why. */
const ANOMALOUS = ['anomaly'];
const LABELS: ReadonlyMap<unknown, readonly string[]> = new Map<unknown, readonly string[]>([
  [false, []],
  ['0', []],
  ['false', []],
  [true, ANOMALOUS],
  ['1', ANOMALOUS],
  ['true', ANOMALOUS],
]);
const MOST_KINDS = 16;

function readLabel(read: ReadField): Parsed<readonly string[] | undefined> {
  const value = read('label');
  if (isMissing(value)) return accept(undefined);
  const known = LABELS.get(value instanceof NumberText ? value.text : value);
  if (known !== undefined) return accept(known);
  if (Array.isArray(value) && value.length <= MOST_KINDS && value.every(isKind)) return accept(value);
  return reject(
    `label must be a list of at most ${MOST_KINDS} kinds of anomaly, or 0, 1, true or false (given ${shown(value)})`,
  );
}

function isKind(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && encoder.encode(value).length <= LONGEST_TEXT_BYTES;
}
