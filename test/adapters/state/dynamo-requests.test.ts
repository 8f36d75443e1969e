import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  type AttributeValue,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { TryLaterError } from '../../../lib/adapters/state/backoff.ts';
import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import { StaleReadError } from '../../../lib/adapters/state/state-store.ts';
import { packUser } from '../../../lib/core/cloud/user-record.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import { changed, crowdOf, flagsOf, headOf, SHOP, SPACE, stateOf } from '../../contracts/state-samples.ts';
import { randomFrom, usualUser } from '../../core/cloud/user-states.ts';
import { seeds } from '../../seeded.ts';
import { itemSize } from './item-size.ts';

const client = new DynamoDBClient({ region: 'us-east-1' });
let mock: AwsClientStub<DynamoDBClient>;
let slept: number[];
let store: DynamoStateStore;

beforeEach(() => {
  mock = mockClient(client);
  slept = [];
  const sleep = async (milliseconds: number): Promise<void> => {
    slept.push(milliseconds);
  };
  store = new DynamoStateStore({ client, table: 'state', sleep, random: () => 0.5 });
});

function throttling(name: string): Error {
  return Object.assign(new Error('too fast'), { name });
}

function itemOf(id: string): Record<string, AttributeValue> {
  const { main } = packUser(stateOf(id as UserId, 1));
  return { pk: { S: `shop/g1/${id}` }, sk: { S: 'u' }, v: { N: '3' }, d: { B: main } };
}

function keyOf(id: string): Record<string, AttributeValue> {
  return { pk: { S: `shop/g1/${id}` }, sk: { S: 'u' } };
}

function listedNetwork(name: string): Record<string, AttributeValue> {
  return { pk: { S: '#networks' }, sk: { S: name } };
}

function puts(): PutItemCommandInput[] {
  return mock.commandCalls(PutItemCommand).map(({ args }) => args[0].input);
}

describe('a read of many', () => {
  const ids = ['a', 'b', 'c'] as UserId[];

  test('asks again for what it did not get', async () => {
    mock
      .on(BatchGetItemCommand)
      .resolvesOnce({
        Responses: { state: [itemOf('b')] },
        UnprocessedKeys: { state: { Keys: [keyOf('a'), keyOf('c')] } },
      })
      .resolvesOnce({ UnprocessedKeys: { state: { Keys: [keyOf('a'), keyOf('c')] } } })
      .rejectsOnce(throttling('ProvisionedThroughputExceededException'))
      .resolves({ Responses: { state: [itemOf('c')] } });
    const read = await store.readUsers(SPACE, ids);
    expect(Array.from(read.keys())).toEqual(['b', 'c']);
    expect(read.get(ids[1]!)).toMatchObject({ version: 3, friendBuckets: 0, state: stateOf(ids[1]!, 1) });
    const asked = mock.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input.RequestItems?.['state']);
    expect(asked.map((request) => request?.Keys?.length)).toEqual([3, 2, 2, 2]);
    expect(asked.map((request) => request?.ConsistentRead)).toEqual([true, true, true, true]);
    expect(slept).toEqual([25, 50, 100]);
  });

  test('is given up when it gets no further', async () => {
    mock.on(BatchGetItemCommand).resolves({ UnprocessedKeys: { state: { Keys: [keyOf('a')] } } });
    await expect(store.readUsers(SPACE, ids)).rejects.toThrow(
      new TryLaterError('DynamoDB has refused reads 10 times in a row'),
    );
    expect(slept).toEqual([25, 50, 100, 200, 400, 800, 1_600, 2_500, 2_500]);
  });

  test('asks for 100 at a time, each once', async () => {
    mock.on(BatchGetItemCommand).resolves({});
    const many = Array.from({ length: 250 }, (_, index) => `user ${index % 210}` as UserId);
    await store.readUsers(SPACE, many);
    const asked = mock.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input.RequestItems?.['state']?.Keys);
    expect(asked.map((keys) => keys?.length)).toEqual([100, 100, 10]);
  });

  test('tells that friends are missing, for somebody has just moved them', async () => {
    const { main, friendBuckets } = packUser(crowdOf(1_000));
    const item = { ...itemOf('hub'), d: { B: main }, b: { N: String(friendBuckets) } };
    mock
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { state: [item] } })
      .resolves({});
    await expect(store.readUsers(SPACE, ['hub' as UserId])).rejects.toThrow(StaleReadError);
  });
});

describe('a write of many', () => {
  const users = Array.from({ length: 60 }, (_, index) => stateOf(`user ${index}` as UserId, index));

  test('is done 25 at a time, and again where items were left', async () => {
    mock.on(BatchWriteItemCommand).callsFake((input: { RequestItems: Record<string, unknown[]> }) => {
      const requests = input.RequestItems['state']!;
      return { UnprocessedItems: requests.length > 5 ? { state: requests.slice(5) } : {} };
    });
    await store.createUsers(SPACE, users);
    const written = mock
      .commandCalls(BatchWriteItemCommand)
      .map(({ args }) => args[0].input.RequestItems?.['state']?.length);
    expect(written.filter((count) => count === 25)).toHaveLength(2);
    expect(Math.max(...(written as number[]))).toBe(25);
    expect(written).toHaveLength(5 + 5 + 2);
    // As long as it gets on, it waits no longer than at first.
    expect(Array.from(new Set(slept))).toEqual([25]);
  });

  test('tells whether a bulk write may still be carried out, as its first attempt was not answered', async () => {
    mock.on(BatchWriteItemCommand).resolves({ $metadata: { attempts: 1 } });
    expect(await store.createUsers(SPACE, [stateOf('a' as UserId, 1)])).toBe(true);
    mock.on(BatchWriteItemCommand).resolves({ $metadata: { attempts: 2 } });
    expect(await store.createUsers(SPACE, [stateOf('a' as UserId, 1)])).toBe(false);
  });

  test('is given up when it is only refused, with the reason', async () => {
    const refusal = throttling('ThrottlingException');
    mock.on(BatchWriteItemCommand).rejects(refusal);
    await expect(store.createUsers(SPACE, users)).rejects.toMatchObject({ name: 'TryLaterError', cause: refusal });
    expect(Math.max(...slept)).toBe(2_500);
  });

  test('is at an end at once with any other error', async () => {
    mock.on(BatchWriteItemCommand).rejects(throttling('ResourceNotFoundException'));
    await expect(store.writeFlags(flagsOf(SHOP, 1, 1))).rejects.toThrow('too fast');
    expect(slept).toEqual([]);
  });

  test('takes what was not yet begun no further after an error', async () => {
    let begun = 0;
    function* endless(): Generator<(typeof users)[number]> {
      for (;;) yield stateOf(`user ${begun++}` as UserId, 1);
    }
    mock.on(BatchWriteItemCommand).rejects(throttling('ValidationException'));
    await expect(store.createUsers(SPACE, endless())).rejects.toThrow('too fast');
    expect(begun).toBeLessThanOrEqual(25 * 17);
  });
});

describe('a request for one item', () => {
  test('is repeated while it is throttled', async () => {
    mock
      .on(GetItemCommand)
      .rejectsOnce(throttling('RequestLimitExceeded'))
      .rejectsOnce(throttling('Throttling'))
      .resolves({});
    expect(await store.readHead(SHOP)).toBeUndefined();
    expect(mock.commandCalls(GetItemCommand)).toHaveLength(3);
    expect(mock.commandCalls(GetItemCommand)[0]!.args[0].input.ConsistentRead).toBe(true);
  });

  test('fails as it does where it is not throttled', async () => {
    mock.on(PutItemCommand).rejects(throttling('InternalServerError'));
    await expect(store.writeHead(headOf(2))).rejects.toThrow('too fast');
    mock.on(PutItemCommand).rejects(throttling('ThrottlingException'));
    await expect(store.writeHead(headOf(2))).rejects.toThrow(TryLaterError);
  });

  test('never sees what is only eventually so', async () => {
    mock.on(GetItemCommand).resolves({});
    mock.on(QueryCommand).resolves({});
    mock.on(ScanCommand).resolves({});
    await store.readLoad(SHOP);
    await store.readProgress('s');
    await store.readFlags(SHOP, 5);
    await store.listNetworks();
    await store.deleteUsers(SPACE);
    const inputs = mock.calls().map(({ args }) => args[0].input as { ConsistentRead?: boolean });
    expect(inputs).toHaveLength(4 + 8);
    expect(inputs.every(({ ConsistentRead }) => ConsistentRead === true)).toBe(true);
  });
});

describe('the pages of an answer', () => {
  test('are all read', async () => {
    mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [listedNetwork('a')], LastEvaluatedKey: listedNetwork('a') })
      .rejectsOnce(throttling('ThrottlingException'))
      .resolvesOnce({ Items: [], LastEvaluatedKey: listedNetwork('b') })
      .resolves({ Items: [listedNetwork('c')] });
    expect(await store.listNetworks()).toEqual(['a', 'c']);
    const starts = mock.commandCalls(QueryCommand).map(({ args }) => args[0].input.ExclusiveStartKey?.['sk']?.S);
    expect(starts).toEqual([undefined, 'a', 'a', 'b']);
  });

  test('are all deleted', async () => {
    mock
      .on(ScanCommand)
      .callsFake(({ Segment, ExclusiveStartKey }: { Segment: number; ExclusiveStartKey?: unknown }) => {
        const items = Array.from({ length: 30 }, (_, index) => keyOf(`${Segment}.${index}`));
        return ExclusiveStartKey === undefined ? { Items: items, LastEvaluatedKey: items[0] } : { Items: items };
      });
    mock.on(BatchWriteItemCommand).resolves({});
    expect(await store.deleteUsers(SPACE)).toBe(8 * 2 * 30);
    expect(mock.commandCalls(ScanCommand)).toHaveLength(16);
  });
});

describe('a write of users', () => {
  test('takes one write unit for a user with 50 purchases and 60 friends', async () => {
    mock.on(PutItemCommand).resolves({});
    const network = 'n'.repeat(64) as NetworkName;
    const users = seeds(40).flatMap((seed) => {
      const random = randomFrom(seed);
      return [usualUser(random, 'alphanumeric'), usualUser(random, 'numeric')];
    });
    await store.writeUsers(
      { network, generation: 'k3J9xQ2z' },
      users.map((user) => changed(user, 12_345_678)),
    );
    expect(puts()).toHaveLength(80);
    expect(Math.max(...puts().map(({ Item }) => itemSize(Item!)))).toBeLessThanOrEqual(1_024);
  });

  test('puts the friends before the user, and takes the old buckets away last', async () => {
    mock.on(PutItemCommand).resolves({});
    mock.on(BatchWriteItemCommand).resolves({});
    const hub = { state: crowdOf(1_000), version: 4, friendBuckets: 1, changedFriends: new Set<UserId>() };
    const made = { ...hub, changedFriends: new Set(hub.state.friends.slice(0, 1)) };
    await store.writeUsers(SPACE, [made]);
    const order = mock.calls().map(({ args }) => {
      const { Item, RequestItems } = args[0].input as PutItemCommandInput & { RequestItems?: unknown };
      return Item?.['sk']?.S ?? JSON.stringify(RequestItems);
    });
    const count = order.length - 2;
    expect(count).toBeGreaterThan(1);
    expect(order.slice(0, count)).toEqual(Array.from({ length: count }, (_, bucket) => `f${count}.${bucket}`));
    expect(order[count]).toBe('u');
    expect(order[count + 1]).toContain('"f1.0"');
    expect(order[count + 1]).toContain('DeleteRequest');
  });

  test('has so many under way at once, and no more', async () => {
    let underWay = 0;
    let most = 0;
    mock.on(PutItemCommand).callsFake(async () => {
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay--;
      return {};
    });
    const users = Array.from({ length: 50 }, (_, index) => changed(stateOf(`user ${index}` as UserId, index), 1));
    await new DynamoStateStore({ client, table: 'state', writes: 7 }).writeUsers(SPACE, users);
    expect(most).toBe(7);
  });
});
