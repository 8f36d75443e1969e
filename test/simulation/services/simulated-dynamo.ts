import {
  ConditionalCheckFailedException,
  ProvisionedThroughputExceededException,
  type BatchGetItemCommandInput,
  type BatchWriteItemCommandInput,
  type DeleteItemCommandInput,
  type GetItemCommandInput,
  type PutItemCommandInput,
  type QueryCommandInput,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Clock } from '../world/clock.ts';
import type { Draws } from '../world/draws.ts';
import type { Faults } from '../world/faults.ts';
import { SimulationGap, type Command, type SimulatedService } from '../world/wire.ts';
import { holds, type Item } from './expressions.ts';

/** How many older states of an item a read without consistency may still give. */
const STALE_STATES = 4;
const SEPARATOR = '\u0000';
/** Of all indexes. */
const INDEX_SORT_KEY = 'moment';

type Handler = (input: never) => unknown;

interface Page {
  readonly Items: readonly Item[];
  readonly Count: number;
  readonly LastEvaluatedKey: Item | undefined;
}

/** For so long an index may lack what has been written. */
const LONGEST_INDEX_LAG_MS = 60_000;

/** The names of the text attributes that are a table's key. */
type KeyNames = readonly string[];

const USUAL_KEY: KeyNames = ['pk', 'sk'];

interface State {
  readonly item: Item | undefined;
  readonly at: number;
}

export interface SimulatedDynamoOptions {
  readonly draws: Draws;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly onPut: (item: Item, table: string) => void;
  /** The keys of tables that have others than `pk` and `sk`. */
  readonly keys?: Readonly<Record<string, KeyNames>>;
}

/** Tables of DynamoDB; an index is a table's items by other attributes, and late. */
export class SimulatedDynamo implements SimulatedService {
  readonly name = 'dynamodb';
  /** What each item has been, the latest last. */
  readonly #states = new Map<string, State[]>();
  readonly #draws: Draws;
  readonly #faults: Faults;
  readonly #clock: Clock;
  readonly #keys: Readonly<Record<string, KeyNames>>;
  readonly #onPut: (item: Item, table: string) => void;
  readonly #handlers: Readonly<Record<string, Handler>> = {
    GetItemCommand: (input: GetItemCommandInput) => this.#get(input),
    PutItemCommand: (input: PutItemCommandInput) => this.#put(input),
    DeleteItemCommand: (input: DeleteItemCommandInput) => this.#delete(input),
    BatchGetItemCommand: (input: BatchGetItemCommandInput) => this.#batchGet(input),
    BatchWriteItemCommand: (input: BatchWriteItemCommandInput) => this.#batchWrite(input),
    QueryCommand: (input: QueryCommandInput) => this.#query(input),
    ScanCommand: (input: ScanCommandInput) => this.#scan(input),
  };

  constructor(options: SimulatedDynamoOptions) {
    this.#draws = options.draws;
    this.#faults = options.faults;
    this.#clock = options.clock;
    this.#keys = options.keys ?? {};
    this.#onPut = options.onPut;
  }

  execute({ name, input }: Command): unknown {
    const handler = this.#handlers[name];
    if (handler === undefined) throw new SimulationGap(`the simulated DynamoDB does not know ${name}`);
    return handler(input as never);
  }

  throttled(): Error {
    return new ProvisionedThroughputExceededException({ message: 'too much', $metadata: {} });
  }

  /** All items there are, in the order of their tables and keys. */
  items(table = ''): Item[] {
    return [...this.#states]
      .filter(([key]) => table === '' || key.startsWith(table + SEPARATOR))
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([, states]) => present(states.at(-1)?.item));
  }

  /** Deletes an item as its expiry does. */
  expire(table: string, item: Item): void {
    this.#remember(this.#keyOf(table, item), undefined);
  }

  #get({ TableName: table, Key: key, ConsistentRead: isConsistent }: GetItemCommandInput): { Item: Item | undefined } {
    return { Item: this.#read(this.#keyOf(table, key as Item), isConsistent) };
  }

  #put(input: PutItemCommandInput): object {
    const item = input.Item as Item;
    this.#check(this.#keyOf(input.TableName, item), input);
    this.#store(item, input.TableName);
    return {};
  }

  #delete(input: DeleteItemCommandInput): object {
    const key = this.#keyOf(input.TableName, input.Key as Item);
    this.#check(key, input);
    this.#remember(key, undefined);
    return {};
  }

  #batchGet({ RequestItems: requests = {} }: BatchGetItemCommandInput): object {
    const [[table, { Keys: keys = [], ConsistentRead: isConsistent = false }] = noTable()] = Object.entries(requests);
    assertLot(keys.length, 100);
    const { done, left } = this.#part(keys);
    const items = done.flatMap((key) => present(this.#read(this.#keyOf(table, key), isConsistent)));
    const unprocessed = left.length > 0 ? { [table]: { Keys: left, ConsistentRead: isConsistent } } : {};
    return { Responses: { [table]: items }, UnprocessedKeys: unprocessed };
  }

  #batchWrite({ RequestItems: requests = {} }: BatchWriteItemCommandInput): object {
    const [[table, writes] = noTable()] = Object.entries(requests);
    assertLot(writes.length, 25);
    const { done, left } = this.#part(writes);
    for (const { PutRequest: put, DeleteRequest: removal } of done) {
      if (put !== undefined) this.#store(put.Item as Item, table);
      else this.#remember(this.#keyOf(table, removal?.Key as Item), undefined);
    }
    return { UnprocessedItems: left.length > 0 ? { [table]: left } : {} };
  }

  #query(input: QueryCommandInput): Page {
    const { KeyConditionExpression: condition = '', ScanIndexForward: isForward = true } = input;
    const all = input.IndexName === undefined ? this.#all(input.TableName, input.ConsistentRead) : this.#index(input);
    const found = all.filter((item) => holds(condition, item, input));
    return this.#page(isForward ? found : found.toReversed(), input);
  }

  #scan(input: ScanCommandInput): Page {
    const { Segment: segment = 0, TotalSegments: segments = 1 } = input;
    const [partition = ''] = this.#keyNames(input.TableName);
    const items = this.#all(input.TableName, input.ConsistentRead).filter(
      (item) => hashOf(item[partition]?.S ?? '') % segments === segment,
    );
    return this.#page(items, input);
  }

  /** A page ends anywhere; the filter comes after the page has been read. */
  #page(items: readonly Item[], input: QueryCommandInput | ScanCommandInput): Page {
    const isBackward = 'ScanIndexForward' in input && input.ScanIndexForward === false;
    const placeOf = (item: Item): string => {
      const sortKey = input.IndexName === undefined ? '' : (item[INDEX_SORT_KEY]?.S ?? '');
      return sortKey + SEPARATOR + this.#keyOf(input.TableName, item);
    };
    const start = input.ExclusiveStartKey === undefined ? undefined : placeOf(input.ExclusiveStartKey);
    const rest = items.filter(
      (item) => start === undefined || (isBackward ? placeOf(item) < start : placeOf(item) > start),
    );
    const limit = this.#faults.strikes('partial') ? this.#draws.integer(1, 3) : Infinity;
    const page = rest.slice(0, Math.min(limit, input.Limit ?? Infinity));
    const last = page.at(-1);
    const filter = input.FilterExpression;
    const kept = filter === undefined ? page : page.filter((item) => holds(filter, item, input));
    return {
      Items: kept,
      Count: kept.length,
      LastEvaluatedKey: page.length < rest.length && last !== undefined ? this.#lastKey(last, input) : undefined,
    };
  }

  #part<Value>(values: readonly Value[]): { readonly done: readonly Value[]; readonly left: readonly Value[] } {
    if (values.length < 2 || !this.#faults.strikes('partial')) return { done: values, left: [] };
    const done = new Set(this.#draws.some(values.map((_, index) => index)));
    return { done: values.filter((_, index) => done.has(index)), left: values.filter((_, index) => !done.has(index)) };
  }

  #check(key: string, input: PutItemCommandInput | DeleteItemCommandInput): void {
    const condition = input.ConditionExpression;
    if (condition === undefined || holds(condition, this.#read(key, true), input)) return;
    throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
  }

  #lastKey(last: Item, { TableName: table, IndexName: index }: QueryCommandInput | ScanCommandInput): Item {
    const names = new Set([...this.#keyNames(table), ...(index === undefined ? [] : [INDEX_SORT_KEY])]);
    return Object.fromEntries(Object.entries(last).filter(([name]) => names.has(name)));
  }

  #all(table: string | undefined, isConsistent: boolean | undefined): Item[] {
    return this.#keysIn(table).flatMap((key) => present(this.#read(key, isConsistent)));
  }

  /** The items as an index has them, in the order of its sort key: what has just been written may not be there yet. */
  #index({ TableName: table, IndexName: index, ConsistentRead: isConsistent }: QueryCommandInput): Item[] {
    if (isConsistent === true) throw new SimulationGap(`the index ${index} cannot be read consistently`);
    const items = this.#keysIn(table).flatMap((key) => present(this.#readLate(key)));
    const placeOf = (item: Item): string => (item[INDEX_SORT_KEY]?.S ?? '') + SEPARATOR + this.#keyOf(table, item);
    return items.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  }

  #readLate(key: string): Item | undefined {
    const states = this.#states.get(key) ?? [];
    const settled = states.findLastIndex(({ at }) => at < this.#clock.now - LONGEST_INDEX_LAG_MS);
    const possible = settled < 0 ? [undefined, ...states] : states.slice(settled);
    const isStale = possible.length > 1 && this.#faults.strikes('stale');
    return (isStale ? this.#draws.pick(possible.slice(0, -1)) : possible.at(-1))?.item;
  }

  #keysIn(table: string | undefined): string[] {
    return [...this.#states.keys()].filter((key) => key.startsWith(table + SEPARATOR)).toSorted();
  }

  #keyNames(table: string | undefined): KeyNames {
    return this.#keys[table ?? ''] ?? USUAL_KEY;
  }

  #keyOf(table: string | undefined, item: Item): string {
    const values = this.#keyNames(table).map((name) => item[name]?.S);
    if (values.includes(undefined)) throw new SimulationGap(`a key of ${table} lacks an attribute`);
    return [table, ...values].join(SEPARATOR);
  }

  #read(key: string, isConsistent: boolean | undefined): Item | undefined {
    const states = this.#states.get(key);
    if (states === undefined) return undefined;
    const isStale = isConsistent !== true && states.length > 1 && this.#faults.strikes('stale');
    return (isStale ? states[this.#draws.below(states.length - 1)] : states.at(-1))?.item;
  }

  #store(given: Item, table = ''): void {
    const item = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        value.B === undefined ? value : { B: Uint8Array.from(value.B) },
      ]),
    );
    this.#remember(this.#keyOf(table, item), item);
    this.#onPut(item, table);
  }

  #remember(key: string, item: Item | undefined): void {
    const states = this.#states.get(key) ?? [{ item: undefined, at: 0 }];
    this.#states.set(key, [...states, { item, at: this.#clock.now }].slice(-STALE_STATES));
  }
}

function present(item: Item | undefined): Item[] {
  return item === undefined ? [] : [item];
}

function hashOf(text: string): number {
  return Buffer.from(text).reduce((hash, byte) => (hash * 31 + byte) % 65_521, 7);
}

function assertLot(count: number, most: number): void {
  if (count === 0 || count > most) throw new SimulationGap(`a batch has 1 to ${most} items (given ${count})`);
}

function noTable(): never {
  throw new SimulationGap('a batch names one table');
}
