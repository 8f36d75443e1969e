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
import type { Draws } from '../world/draws.ts';
import type { Faults } from '../world/faults.ts';
import { SimulationGap, type Command, type SimulatedService } from '../world/wire.ts';
import { holds, type Item } from './expressions.ts';

/** How many older states of an item a read without consistency may still give. */
const STALE_STATES = 4;
const SEPARATOR = '\u0000';

type Handler = (input: never) => unknown;

interface Page {
  readonly Items: readonly Item[];
  readonly Count: number;
  readonly LastEvaluatedKey: Item | undefined;
}

/** One table of DynamoDB, with a text partition key `pk` and a text sort key `sk`. */
export class SimulatedDynamo implements SimulatedService {
  readonly name = 'dynamodb';
  /** What each item has been, the latest last. */
  readonly #states = new Map<string, (Item | undefined)[]>();
  readonly #draws: Draws;
  readonly #faults: Faults;
  readonly #onPut: (item: Item) => void;
  readonly #handlers: Readonly<Record<string, Handler>> = {
    GetItemCommand: (input: GetItemCommandInput) => this.#get(input),
    PutItemCommand: (input: PutItemCommandInput) => this.#put(input),
    DeleteItemCommand: (input: DeleteItemCommandInput) => this.#delete(input),
    BatchGetItemCommand: (input: BatchGetItemCommandInput) => this.#batchGet(input),
    BatchWriteItemCommand: (input: BatchWriteItemCommandInput) => this.#batchWrite(input),
    QueryCommand: (input: QueryCommandInput) => this.#query(input),
    ScanCommand: (input: ScanCommandInput) => this.#scan(input),
  };

  constructor(options: { draws: Draws; faults: Faults; onPut: (item: Item) => void }) {
    this.#draws = options.draws;
    this.#faults = options.faults;
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

  /** All items there are, in the order of their keys. */
  items(): Item[] {
    return [...this.#states]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([, states]) => present(states.at(-1)));
  }

  #get({ Key: key, ConsistentRead: isConsistent }: GetItemCommandInput): { Item: Item | undefined } {
    return { Item: this.#read(keyOf(key as Item), isConsistent) };
  }

  #put(input: PutItemCommandInput): object {
    const item = input.Item as Item;
    this.#check(keyOf(item), input);
    this.#store(item);
    return {};
  }

  #delete(input: DeleteItemCommandInput): object {
    const key = keyOf(input.Key as Item);
    this.#check(key, input);
    this.#remember(key, undefined);
    return {};
  }

  #batchGet({ RequestItems: requests = {} }: BatchGetItemCommandInput): object {
    const [[table, { Keys: keys = [], ConsistentRead: isConsistent = false }] = noTable()] = Object.entries(requests);
    assertLot(keys.length, 100);
    const { done, left } = this.#part(keys);
    const items = done.flatMap((key) => present(this.#read(keyOf(key), isConsistent)));
    const unprocessed = left.length > 0 ? { [table]: { Keys: left, ConsistentRead: isConsistent } } : {};
    return { Responses: { [table]: items }, UnprocessedKeys: unprocessed };
  }

  #batchWrite({ RequestItems: requests = {} }: BatchWriteItemCommandInput): object {
    const [[table, writes] = noTable()] = Object.entries(requests);
    assertLot(writes.length, 25);
    const { done, left } = this.#part(writes);
    for (const { PutRequest: put, DeleteRequest: removal } of done) {
      if (put !== undefined) this.#store(put.Item as Item);
      else this.#remember(keyOf(removal?.Key as Item), undefined);
    }
    return { UnprocessedItems: left.length > 0 ? { [table]: left } : {} };
  }

  #query(input: QueryCommandInput): Page {
    const { KeyConditionExpression: condition = '', ScanIndexForward: isForward = true } = input;
    const found = this.#all(input.ConsistentRead).filter((item) => holds(condition, item, input));
    return this.#page(isForward ? found : found.toReversed(), input);
  }

  #scan(input: ScanCommandInput): Page {
    const { Segment: segment = 0, TotalSegments: segments = 1 } = input;
    const items = this.#all(input.ConsistentRead).filter(({ pk }) => hashOf(pk?.S ?? '') % segments === segment);
    return this.#page(items, input);
  }

  /** A page ends anywhere; the filter comes after the page has been read. */
  #page(items: readonly Item[], input: QueryCommandInput | ScanCommandInput): Page {
    const start = input.ExclusiveStartKey === undefined ? undefined : keyOf(input.ExclusiveStartKey);
    const isBackward = 'ScanIndexForward' in input && input.ScanIndexForward === false;
    const rest = items.filter(
      (item) => start === undefined || (isBackward ? keyOf(item) < start : keyOf(item) > start),
    );
    const limit = this.#faults.strikes('partial') ? this.#draws.integer(1, 3) : Infinity;
    const page = rest.slice(0, Math.min(limit, input.Limit ?? Infinity));
    const last = page.at(-1);
    const filter = input.FilterExpression;
    const kept = filter === undefined ? page : page.filter((item) => holds(filter, item, input));
    return {
      Items: kept,
      Count: kept.length,
      LastEvaluatedKey:
        page.length < rest.length && last?.['pk'] && last['sk'] ? { pk: last['pk'], sk: last['sk'] } : undefined,
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

  #all(isConsistent: boolean | undefined): Item[] {
    const keys = [...this.#states.keys()].toSorted();
    return keys.flatMap((key) => present(this.#read(key, isConsistent)));
  }

  #read(key: string, isConsistent: boolean | undefined): Item | undefined {
    const states = this.#states.get(key);
    if (states === undefined) return undefined;
    const isStale = isConsistent !== true && states.length > 1 && this.#faults.strikes('stale');
    return isStale ? states[this.#draws.below(states.length - 1)] : states.at(-1);
  }

  #store(given: Item): void {
    const item = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        value.B === undefined ? value : { B: Uint8Array.from(value.B) },
      ]),
    );
    this.#remember(keyOf(item), item);
    this.#onPut(item);
  }

  #remember(key: string, item: Item | undefined): void {
    const states = this.#states.get(key) ?? [undefined];
    this.#states.set(key, [...states, item].slice(-STALE_STATES));
  }
}

function present(item: Item | undefined): Item[] {
  return item === undefined ? [] : [item];
}

function keyOf({ pk, sk }: Item): string {
  if (pk?.S === undefined || sk?.S === undefined) throw new SimulationGap('every key has a text pk and a text sk');
  return `${pk.S}${SEPARATOR}${sk.S}`;
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
