import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import type { DynamoClient } from '../../../lib/adapters/state/dynamo-client.ts';

type Attributes = Record<string, AttributeValue>;
type Check = (item: Attributes | undefined, values: Attributes) => boolean;

const isOlder: Check = (item, values) => Number(item?.['v']?.N) < Number(values[':v']?.N);

/** The conditions that writes of users come with. */
const CHECKS: Readonly<Record<string, Check>> = {
  'attribute_not_exists(pk) OR v < :v': (item, values) => item === undefined || isOlder(item, values),
  'attribute_not_exists(pk) OR (v < :v AND attribute_not_exists(b))': (item, values) =>
    item === undefined || (isOlder(item, values) && item['b'] === undefined),
  'v < :v AND b = :b': (item, values) => isOlder(item, values) && item?.['b']?.N === values[':b']?.N,
};

/** As much of DynamoDB as users need, so that a test can decide in which order requests take effect. */
export class MemoryTable {
  readonly #items = new Map<string, Attributes>();

  /** A client that waits before each request takes effect, and after it. */
  client(wait: () => Promise<void>): DynamoClient {
    const send = async (command: { input: object }): Promise<unknown> => {
      await wait();
      const output = this.#execute(command);
      await wait();
      return output;
    };
    return { send } as DynamoClient;
  }

  #execute(command: object): object {
    if (command instanceof GetItemCommand) return { Item: this.#items.get(nameOf(command.input.Key)) };
    if (command instanceof BatchGetItemCommand) {
      const keys = command.input.RequestItems?.['state']?.Keys ?? [];
      return {
        Responses: { state: keys.map((key) => this.#items.get(nameOf(key))).filter((item) => item !== undefined) },
      };
    }
    if (command instanceof BatchWriteItemCommand) {
      for (const { PutRequest, DeleteRequest } of command.input.RequestItems?.['state'] ?? []) {
        if (PutRequest?.Item !== undefined) this.#items.set(nameOf(PutRequest.Item), PutRequest.Item);
        else this.#items.delete(nameOf(DeleteRequest?.Key));
      }
      return {};
    }
    if (command instanceof PutItemCommand) return this.#put(command);
    throw new Error('an unknown request');
  }

  #put({ input }: PutItemCommand): object {
    const { Item: item = {}, ConditionExpression: condition = '', ExpressionAttributeValues: values = {} } = input;
    const holds = CHECKS[condition]?.(this.#items.get(nameOf(item)), values);
    if (holds !== true) throw new ConditionalCheckFailedException({ message: condition, $metadata: {} });
    this.#items.set(nameOf(item), item);
    return {};
  }
}

function nameOf(key: Attributes | undefined): string {
  return `${key?.['pk']?.S} ${key?.['sk']?.S}`;
}
