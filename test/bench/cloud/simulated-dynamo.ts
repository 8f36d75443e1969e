import type { Meter } from './meter.ts';
import type { Answer, HttpRequest } from './simulated-service.ts';

type Value = Readonly<Record<string, string>>;
type Item = Readonly<Record<string, Value>>;

interface Input {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, Value>>;
  readonly RequestItems?: Readonly<Record<string, { Keys?: Item[] } & WriteRequest[]>>;
}

interface WriteRequest {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

/** The conditions in use, by their text: an unknown one is an error. */
const CONDITIONS: Readonly<
  Record<string, (stored: Item | undefined, values: Readonly<Record<string, Value>>) => boolean>
> = {
  'attribute_not_exists(pk)': (stored) => stored === undefined,
  'attribute_not_exists(v)': (stored) => stored === undefined,
  'v = :v': (stored, values) => stored?.['v']?.['N'] === values[':v']?.['N'],
  's = :s': (stored, values) => stored?.['s']?.['S'] === values[':s']?.['S'],
  't = :t': (stored, values) => stored?.['t']?.['S'] === values[':t']?.['S'],
  'attribute_not_exists(pk) OR v < :v': (stored, values) => stored === undefined || isOlder(stored, values),
  'attribute_not_exists(pk) OR (v < :v AND attribute_not_exists(b))': (stored, values) =>
    stored === undefined || (isOlder(stored, values) && stored['b'] === undefined),
  'v < :v AND b = :b': (stored, values) =>
    stored !== undefined && isOlder(stored, values) && stored['b']?.['N'] === values[':b']?.['N'],
};

/** Attributes that make an item appear in an index, beside the one that they share: `moment`. All attributes are in each index. */
const INDEXED = ['recent', 'user_id', 'category', 'severity'];

const READ_UNIT_BYTES = 4096;
const WRITE_UNIT_BYTES = 1024;
const HEADERS = { 'content-type': 'application/x-amz-json-1.0' };

/** One table of DynamoDB: single requests and batches, charged by its rules. */
export class SimulatedDynamo {
  readonly #items = new Map<string, Item>();
  readonly #meter: Meter;
  readonly #keepsUsers: boolean;

  constructor(meter: Meter, { keepUsers = true } = {}) {
    this.#meter = meter;
    this.#keepsUsers = keepUsers;
  }

  /** Of all items but users', which do not grow with the events for ever, and of the copies of them that indexes hold. */
  get storedBytes(): { readonly table: number; readonly indexes: number } {
    let [table, indexes] = [0, 0];
    for (const item of this.#items.values()) {
      if (isUser(item)) continue;
      const bytes = sizeOf(item);
      table += bytes;
      indexes += indexesOf(item).length * bytes;
    }
    return { table, indexes };
  }

  answer({ headers, body }: HttpRequest): Answer {
    const operation = headers['x-amz-target']?.split('.')[1] ?? '';
    const input = JSON.parse(Buffer.from(body ?? '').toString()) as Input;
    switch (operation) {
      case 'GetItem':
        return answered(operation, { Item: this.#read(input.Key) });
      case 'PutItem':
        return this.#put(input);
      case 'BatchGetItem':
        return answered(operation, { Responses: this.#readAll(input), UnprocessedKeys: {} });
      case 'BatchWriteItem':
        return answered(operation, { UnprocessedItems: this.#writeAll(input) });
      default:
        throw new Error(`${operation} is not simulated`);
    }
  }

  #put({ Item: item = {}, ConditionExpression: text, ExpressionAttributeValues: values = {} }: Input): Answer {
    const condition = CONDITIONS[text ?? ''];
    if (text !== undefined && condition === undefined) throw new Error(`the condition ${text} is not simulated`);
    const stored = this.#items.get(keyOf(item));
    this.#chargeWrite(Math.max(sizeOf(item), stored === undefined ? 0 : sizeOf(stored)));
    if (condition?.(stored, values) === false) {
      const failure = { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' };
      return { ...answered('PutItem', failure), statusCode: 400 };
    }
    this.#keep(item);
    return answered('PutItem', {});
  }

  #read(key: Item = {}): Item | undefined {
    const item = this.#items.get(keyOf(key));
    this.#meter.readUnits += Math.max(1, Math.ceil((item === undefined ? 0 : sizeOf(item)) / READ_UNIT_BYTES));
    return item;
  }

  #readAll({ RequestItems: tables = {} }: Input): Record<string, Item[]> {
    const read = (keys: readonly Item[]): Item[] =>
      keys.map((key) => this.#read(key)).filter((item) => item !== undefined);
    return Object.fromEntries(Object.entries(tables).map(([table, { Keys: keys = [] }]) => [table, read(keys)]));
  }

  #writeAll({ RequestItems: tables = {} }: Input): object {
    for (const { PutRequest: put, DeleteRequest: deletion } of Object.values(tables).flat()) {
      if (put !== undefined) {
        this.#chargeWrite(sizeOf(put.Item));
        for (const _ of indexesOf(put.Item)) this.#chargeWrite(sizeOf(put.Item));
        this.#keep(put.Item);
      }
      if (deletion !== undefined) {
        this.#chargeWrite(sizeOf(this.#items.get(keyOf(deletion.Key)) ?? {}));
        this.#items.delete(keyOf(deletion.Key));
      }
    }
    return {};
  }

  #keep(item: Item): void {
    if (this.#keepsUsers || item['sk']?.['S'] !== 'u') this.#items.set(keyOf(item), item);
  }

  #chargeWrite(bytes: number): void {
    this.#meter.writeUnits += Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
    this.#meter.largestItem = Math.max(this.#meter.largestItem, bytes);
  }
}

function answered(operation: string, output: object): Answer {
  return { operation, headers: HEADERS, body: JSON.stringify(output) };
}

function isOlder(stored: Item, values: Readonly<Record<string, Value>>): boolean {
  return Number(stored['v']?.['N']) < Number(values[':v']?.['N']);
}

function indexesOf(item: Item): string[] {
  return item['moment'] === undefined ? [] : INDEXED.filter((name) => item[name] !== undefined);
}

/** Of a network, or a profile. */
function isUser({ sk, transaction_id: transaction, user_id: user }: Item): boolean {
  return sk?.['S'] === 'u' || (user !== undefined && transaction === undefined);
}

/** Of whichever table: a transaction has its id, a user theirs. */
function keyOf({ pk, sk, transaction_id: transaction, user_id: user }: Item): string {
  return `${(pk ?? transaction ?? user)?.['S']}\n${sk?.['S']}`;
}

/** An item's size: its names and values; of binaries what the base64 stands for, of numbers a byte for two digits and one more. */
function sizeOf(item: Item): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) {
    const { S: text, N: number, B: binary = '' } = value;
    bytes += name.length;
    if (typeof binary !== 'string' || 'L' in value || 'BOOL' in value) {
      // Lists and maps: about what their texts take, with a byte for each value and three around.
      bytes += 'BOOL' in value ? 1 : JSON.stringify(value).replaceAll(/"[A-Z]+":|[{}[\]",]/g, '').length + 6;
      continue;
    }
    if (text !== undefined) bytes += Buffer.byteLength(text);
    else if (number !== undefined) bytes += Math.ceil(number.length / 2) + 1;
    else bytes += Math.floor((binary.replaceAll('=', '').length * 3) / 4);
  }
  return bytes;
}
