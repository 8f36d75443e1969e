import { DeleteItemCommand, PutItemCommand, ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { idOfText, textOfId } from '../../core/cloud/id-text.ts';
import type { UserId } from '../../core/events/event.ts';
import { decodeUserHead, encodeUserHead } from '../../core/transactions-cloud/user-head-codec.ts';
import type { UserHead } from '../../core/transactions-cloud/user-head.ts';
import { Backoff, type BackoffOptions } from '../state/backoff.ts';
import { ifHolds } from '../state/dynamo-requests.ts';
import { DynamoBatches, type RawItem } from '../state/dynamo-batches.ts';
import type { DynamoClient } from '../state/dynamo-client.ts';
import type { UserStore } from './user-store.ts';

export interface DynamoUserStoreOptions extends BackoffOptions {
  readonly client: DynamoClient;
  readonly table: string;
}

/** The users in a table of DynamoDB: `v` is the version, `p` the profile, `d` the rest of the head. */
export class DynamoUserStore implements UserStore {
  readonly #client: DynamoClient;
  readonly #table: string;
  readonly #backoff: Backoff;
  readonly #batches: DynamoBatches;

  constructor({ client, table, ...backoff }: DynamoUserStoreOptions) {
    this.#client = client;
    this.#table = table;
    this.#backoff = new Backoff(backoff);
    this.#batches = new DynamoBatches({ client, table, backoff: this.#backoff });
  }

  async readUsers(users: readonly UserId[]): Promise<Map<UserId, UserHead>> {
    const items = await this.#batches.getAll(Array.from(new Set(users), keyOf));
    const heads = items.map(headIn);
    return new Map(heads.map((head) => [head.user, head]));
  }

  async writeUser(head: UserHead): Promise<boolean> {
    const { version } = head;
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: itemOf(head),
      ...(version === 1
        ? { ConditionExpression: 'attribute_not_exists(v)' }
        : { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': { N: String(version - 1) } } }),
    });
    return ifHolds(this.#backoff.whileThrottled('a write', () => this.#client.send(command)));
  }

  async deleteUser(user: UserId, version: number): Promise<boolean> {
    const command = new DeleteItemCommand({
      TableName: this.#table,
      Key: keyOf(user),
      ConditionExpression: 'v = :v',
      ExpressionAttributeValues: { ':v': { N: String(version) } },
    });
    return ifHolds(this.#backoff.whileThrottled('a write', () => this.#client.send(command)));
  }

  async *listUsers(): AsyncGenerator<UserId[]> {
    let start: Record<string, AttributeValue> | undefined;
    do {
      const command = new ScanCommand({
        TableName: this.#table,
        ProjectionExpression: 'user_id',
        ConsistentRead: true,
        ExclusiveStartKey: start,
      });
      const page = await this.#backoff.whileThrottled('a scan', () => this.#client.send(command));
      yield (page.Items ?? []).map(userIn);
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }
}

function keyOf(user: UserId): RawItem {
  return { user_id: { S: textOfId(user) } };
}

function itemOf(head: UserHead): Record<string, AttributeValue> {
  const { user, version, profile } = head;
  return {
    ...keyOf(user),
    v: { N: String(version) },
    d: { S: encodeUserHead(head) },
    ...(profile && { p: { B: profile } }),
  };
}

function headIn(item: RawItem): UserHead {
  const { v, d, p } = item;
  return decodeUserHead({ user: userIn(item), version: Number(v?.N), profile: p?.B, text: d?.S ?? '' });
}

function userIn({ user_id: user }: RawItem): UserId {
  return idOfText(user?.S ?? '');
}
