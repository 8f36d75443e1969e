import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { sdkStreamMixin } from '@smithy/core/serde';
import { mockClient } from 'aws-sdk-client-mock';
import { Readable } from 'node:stream';

type Item = Record<string, AttributeValue>;

interface StoredObject {
  readonly body: Buffer;
  readonly lastModified: Date;
}

/** The clients that the handlers make for themselves, and behind them just so much of the services as a test needs. */
export class MockedServices {
  readonly dynamo = mockClient(DynamoDBClient);
  readonly s3 = mockClient(S3Client);
  readonly kinesis = mockClient(KinesisClient);
  readonly lambda = mockClient(LambdaClient);
  /** The names of the tables that were asked. */
  readonly tables = new Set<string | undefined>();
  /** By bucket and key. */
  readonly #objects = new Map<string, StoredObject>();
  readonly #items = new Map<string, Item>();

  constructor() {
    this.#mockTable();
    this.#mockBuckets();
    this.kinesis.on(PutRecordCommand).resolves({ SequenceNumber: '1', ShardId: 's' });
    this.lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
  }

  /** The objects by their buckets and keys: `output-bucket/flagged/…`. */
  get objects(): Record<string, string> {
    return Object.fromEntries(Array.from(this.#objects, ([name, { body }]) => [name, body.toString()]));
  }

  putObject(bucket: string, key: string, { body = '', lastModified = new Date(0) } = {}): void {
    this.#objects.set(`${bucket}/${key}`, { body: Buffer.from(body), lastModified });
  }

  putItem(item: Item): void {
    this.#items.set(nameOf(item), item);
  }

  #mockTable(): void {
    const items = this.#items;
    this.dynamo.on(GetItemCommand).callsFake(({ TableName, Key }: { TableName: string; Key: Item }) => {
      this.tables.add(TableName);
      return { Item: items.get(nameOf(Key)) };
    });
    this.dynamo.on(PutItemCommand).callsFake(({ TableName, Item }: { TableName: string; Item: Item }) => {
      this.tables.add(TableName);
      items.set(nameOf(Item), Item);
      return {};
    });
    this.dynamo.on(UpdateItemCommand).resolves({});
    this.dynamo.on(BatchGetItemCommand).callsFake(({ RequestItems }: { RequestItems: BatchGet }) => {
      const found = Object.entries(RequestItems).map(([table, { Keys }]) => {
        this.tables.add(table);
        return [table, Keys.map((key) => items.get(nameOf(key))).filter((item) => item !== undefined)] as const;
      });
      return { Responses: Object.fromEntries(found) };
    });
    this.dynamo.on(BatchWriteItemCommand).callsFake(({ RequestItems }: { RequestItems: BatchWrite }) => {
      for (const [table, requests] of Object.entries(RequestItems)) {
        this.tables.add(table);
        for (const { PutRequest } of requests) if (PutRequest) items.set(nameOf(PutRequest.Item), PutRequest.Item);
      }
      return {};
    });
    this.dynamo.on(QueryCommand).callsFake(({ TableName, ExpressionAttributeValues }: Query) => {
      this.tables.add(TableName);
      const partition = ExpressionAttributeValues[':pk']?.S;
      return { Items: [...items.values()].filter(({ pk }) => pk?.S === partition) };
    });
  }

  #mockBuckets(): void {
    const { s3 } = this;
    s3.on(PutObjectCommand).callsFake(({ Bucket, Key, Body }: { Bucket: string; Key: string; Body: string }) => {
      this.putObject(Bucket, Key, { body: Body, lastModified: new Date() });
      return {};
    });
    s3.on(HeadObjectCommand).callsFake((input: ObjectName) => this.#found(input));
    s3.on(GetObjectCommand).callsFake((input: ObjectName) => {
      const { body, ...found } = this.#found(input);
      return { ...found, Body: sdkStreamMixin(Readable.from([body])) };
    });
    s3.on(ListObjectsV2Command).resolves({});
    s3.on(DeleteObjectsCommand).resolves({});
  }

  #found({ Bucket, Key }: ObjectName): { body: Buffer; ETag: string; ContentLength: number; LastModified: Date } {
    const stored = this.#objects.get(`${Bucket}/${Key}`);
    if (stored === undefined) throw Object.assign(new Error('no such key'), { name: 'NoSuchKey' });
    const { body, lastModified } = stored;
    return { body, ETag: '"e"', ContentLength: body.length, LastModified: lastModified };
  }
}

interface ObjectName {
  readonly Bucket: string;
  readonly Key: string;
}

type BatchGet = Record<string, { readonly Keys: readonly Item[] }>;
type BatchWrite = Record<string, readonly { readonly PutRequest?: { readonly Item: Item } }[]>;

interface Query {
  readonly TableName: string;
  readonly ExpressionAttributeValues: Item;
}

/** Of a table with whichever key. */
function nameOf({ pk, sk, transaction_id: id, user_id: user }: Item): string {
  return `${(pk ?? id ?? user)?.S} ${sk?.S}`;
}
