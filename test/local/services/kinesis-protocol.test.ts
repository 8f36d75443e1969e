import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { runServices } from './running-services.ts';

const { services } = await runServices();

interface Answered {
  readonly status: number;
  readonly body: string;
}

/** Over HTTP/1.1, which the SDK's client does not speak. */
function post(headers: Record<string, string>, body: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(services.endpoints.kinesis, { method: 'POST', headers }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode!, body }), reject);
    });
    sent.on('error', reject).end(body);
  });
}

const JSON_TYPE = 'application/x-amz-json-1.1';

describe('the protocol', () => {
  test('is also spoken over HTTP/1.1', async () => {
    const headers = { 'content-type': JSON_TYPE, 'x-amz-target': 'Kinesis_20131202.ListStreams' };
    const { status, body } = await post(headers, '{"Limit":1}');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toHaveProperty('StreamNames');
  });

  test.each([
    { type: 'SerializationException', target: 'Kinesis_20131202.ListStreams', body: '{broken' },
    { type: 'SerializationException', target: 'Kinesis_20131202.ListStreams', body: '[]' },
    {
      type: 'SerializationException',
      target: 'Kinesis_20131202.ListStreams',
      body: '{}',
      contentType: 'application/cbor',
    },
    { type: 'UnknownOperationException', target: 'Kinesis_20131202.constructor', body: '{}' },
    { type: 'UnknownOperationException', target: 'DynamoDB_20120810.ListTables', body: '{}' },
  ])('refuses with $type: $target $body', async ({ type, target, body, contentType = JSON_TYPE }) => {
    const answered = await post({ 'content-type': contentType, 'x-amz-target': target }, body);
    expect(answered.status).toBe(400);
    expect(JSON.parse(answered.body)).toMatchObject({ __type: type });
  });

  test('takes no more than 20 MiB a request, and says so', async () => {
    const headers = { 'content-type': JSON_TYPE, 'x-amz-target': 'Kinesis_20131202.ListStreams' };
    const { status, body } = await post(headers, ' '.repeat(20 * 1024 * 1024 + 1));
    expect(status).toBe(400);
    expect(body).toContain('a request may hold at most 20971520 bytes');
  });
});
