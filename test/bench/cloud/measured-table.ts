import {
  ConditionalCheckFailedException,
  type AttributeValue,
  type BatchWriteItemCommandInput,
  type GetItemCommandInput,
  type PutItemCommandInput,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { DynamoClient } from '../../../lib/adapters/state/dynamo-client.ts';
import { holds, type Item } from '../../simulation/services/expressions.ts';

interface SdkCommand {
  readonly input: unknown;
}

const READ_UNIT_BYTES = 4096;
const WRITE_UNIT_BYTES = 1024;

/** One table of DynamoDB that only counts what it is asked for, by its rules; each request takes a time that is only summed up. */
export class MeasuredTable {
  requests = 0;
  readUnits = 0;
  writeUnits = 0;
  readonly client: DynamoClient = { send: async (command: SdkCommand) => this.#execute(command) } as never;
  readonly #items = new Map<string, Item>();

  get storedBytes(): number {
    return Array.from(this.#items.values()).reduce((bytes, item) => bytes + sizeOf(item), 0);
  }

  reset(): void {
    this.requests = 0;
    this.readUnits = 0;
    this.writeUnits = 0;
  }

  #execute(command: SdkCommand): object {
    this.requests++;
    const { name } = command.constructor;
    if (name === 'GetItemCommand') return this.#get(command.input as GetItemCommandInput);
    if (name === 'PutItemCommand') return this.#put(command.input as PutItemCommandInput);
    if (name === 'QueryCommand') return this.#query(command.input as QueryCommandInput);
    if (name === 'BatchWriteItemCommand') return this.#delete(command.input as BatchWriteItemCommandInput);
    throw new Error(`${name} is not measured`);
  }

  #get({ Key: key }: GetItemCommandInput): object {
    const item = this.#items.get(keyOf(key));
    this.#chargeRead(item === undefined ? 0 : sizeOf(item));
    return { Item: item };
  }

  #put(input: PutItemCommandInput): object {
    const { Item: item = {}, ConditionExpression: condition } = input;
    const stored = this.#items.get(keyOf(item));
    this.writeUnits += Math.max(1, Math.ceil(Math.max(sizeOf(item), stored ? sizeOf(stored) : 0) / WRITE_UNIT_BYTES));
    if (condition !== undefined && !holds(condition, stored, input)) {
      throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    }
    this.#items.set(keyOf(item), item);
    return {};
  }

  #query(input: QueryCommandInput): object {
    const found = Array.from(this.#items.entries())
      .filter(([, item]) => holds(input.KeyConditionExpression ?? '', item, input))
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, item]) => item);
    this.#chargeRead(found.reduce((bytes, item) => bytes + sizeOf(item), 0));
    return { Items: input.ScanIndexForward === false ? found.toReversed() : found };
  }

  #delete({ RequestItems: tables = {} }: BatchWriteItemCommandInput): object {
    for (const { DeleteRequest: deletion } of Object.values(tables).flat()) {
      this.writeUnits++;
      this.#items.delete(keyOf(deletion?.Key));
    }
    return {};
  }

  #chargeRead(bytes: number): void {
    this.readUnits += Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES));
  }
}

function keyOf(item: Readonly<Record<string, AttributeValue>> = {}): string {
  return `${item['pk']?.S}\n${item['sk']?.S}`;
}

/** Names and values; of numbers a byte for two digits and one more. */
function sizeOf(item: Item): number {
  return Object.entries(item).reduce((bytes, [name, { S: text, N: number, B: binary }]) => {
    const value =
      text === undefined ? (binary?.length ?? Math.ceil((number?.length ?? 0) / 2) + 1) : Buffer.byteLength(text);
    return bytes + name.length + value;
  }, 0);
}
