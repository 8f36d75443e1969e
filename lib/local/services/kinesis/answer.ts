import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { isClientGone } from '../loopback.ts';
import { isInput, type Input } from './input.ts';
import { KinesisError } from './kinesis-error.ts';
import { putRecord, putRecords } from './operations/put.ts';
import { getRecords, getShardIterator, listShards } from './operations/read.ts';
import {
  createStream,
  decreaseRetention,
  deleteStream,
  describeStream,
  describeStreamSummary,
  increaseRetention,
  listStreams,
  type Operation,
} from './operations/streams.ts';
import type { Streams } from './storage/streams.ts';

/** All that this Kinesis does. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  CreateStream: createStream,
  DecreaseStreamRetentionPeriod: decreaseRetention,
  DeleteStream: deleteStream,
  DescribeStream: describeStream,
  DescribeStreamSummary: describeStreamSummary,
  GetRecords: getRecords,
  GetShardIterator: getShardIterator,
  IncreaseStreamRetentionPeriod: increaseRetention,
  ListShards: listShards,
  ListStreams: listStreams,
  PutRecord: putRecord,
  PutRecords: putRecords,
};

interface Answer {
  readonly status: number;
  readonly body: object;
}

export type AnyRequest = IncomingMessage | Http2ServerRequest;
export type AnyResponse = ServerResponse | Http2ServerResponse;

/** Answers a request of the JSON protocol, over HTTP/1.1 or HTTP/2. Throws what is a fault of this Kinesis, after answering. */
export async function answer(streams: Streams, request: AnyRequest, response: AnyResponse): Promise<void> {
  try {
    respond(response, { status: 200, body: await perform(streams, request) });
  } catch (error) {
    if (response.headersSent || isClientGone(error)) throw error;
    respond(response, answerTo(error));
    request.resume();
    if (!(error instanceof KinesisError)) throw error;
  }
}

async function perform(streams: Streams, request: AnyRequest): Promise<object> {
  const target = String(request.headers['x-amz-target'] ?? '');
  const [, name = target] = /^Kinesis_20131202\.(\w+)$/.exec(target) ?? [];
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (operation === undefined) {
    throw new KinesisError(
      'UnknownOperationException',
      `The local Kinesis does not implement ${name || 'a request without x-amz-target'}.`,
    );
  }
  return operation(streams, await readInput(request));
}

/** 500 records of 10 MiB together, in base64, with their keys. */
const MAX_BODY = 20 * 1024 * 1024;

async function readInput(request: AnyRequest): Promise<Input> {
  const type = request.headers['content-type'] ?? '';
  if (!type.includes('json'))
    throw new KinesisError('SerializationException', `only JSON is understood (given ${type})`);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > MAX_BODY)
      throw new KinesisError('InvalidArgumentException', `a request may hold at most ${MAX_BODY} bytes`);
  }
  return parse(Buffer.concat(chunks).toString('utf8'));
}

function parse(text: string): Input {
  try {
    const value: unknown = JSON.parse(text);
    if (isInput(value)) return value;
  } catch {
    // Not JSON: said below.
  }
  throw new KinesisError('SerializationException', 'the request is not a JSON object');
}

function answerTo(error: unknown): Answer {
  if (error instanceof KinesisError) return { status: 400, body: { __type: error.code, message: error.message } };
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: { __type: 'InternalFailure', message } };
}

function respond(response: AnyResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body);
  response.statusCode = status;
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.setHeader('x-amzn-requestid', randomUUID());
  response.setHeader('content-length', Buffer.byteLength(text));
  response.end(text);
}
