import { describe, expect, test } from 'vitest';
import { readFailure } from '../../../lib/core/operations/read-failure.ts';

const RECORD = {
  eventID: 'shardId-000000000000:7',
  kinesis: { sequenceNumber: '7', approximateArrivalTimestamp: 1_797_353_581.5, data: 'e30=' },
};
const CONTEXT = {
  functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:Flagstone-LiveEvents',
  condition: 'RecordAgeExceeded',
};

/** As Lambda's documentation shows it. */
function batch(change: object = {}): string {
  return JSON.stringify({
    requestContext: { requestId: 'r', approximateInvokeCount: 3, ...CONTEXT },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2026-11-21T12:00:00.000Z',
    KinesisBatchInfo: {
      shardId: 'shardId-000000000000',
      startSequenceNumber: '7',
      endSequenceNumber: '7',
      approximateArrivalOfFirstRecord: '2026-11-21T11:00:00.000Z',
      approximateArrivalOfLastRecord: '2026-11-21T11:00:00.000Z',
      batchSize: 1,
      streamArn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/events',
    },
    payload: JSON.stringify({ Records: [RECORD] }),
    ...change,
  });
}

describe('what Lambda keeps when it gives up', () => {
  test('is a batch of the stream, with its records', () => {
    expect(readFailure(batch())).toEqual({
      ok: true,
      value: {
        kind: 'batch',
        functionName: 'Flagstone-LiveEvents',
        condition: 'RecordAgeExceeded',
        shard: 'shardId-000000000000',
        first: '7',
        at: Date.UTC(2026, 10, 21, 11),
        records: [RECORD],
      },
    });
  });

  test('or an event, with what the function was called with', () => {
    const document = {
      timestamp: '2026-11-21T12:00:00.000Z',
      requestContext: { ...CONTEXT, functionArn: `${CONTEXT.functionArn}:$LATEST` },
      requestPayload: { detail: 1 },
    };
    expect(readFailure(JSON.stringify(document))).toEqual({
      ok: true,
      value: {
        kind: 'invocation',
        functionName: 'Flagstone-LiveEvents',
        condition: 'RecordAgeExceeded',
        at: Date.UTC(2026, 10, 21, 12),
        payload: { detail: 1 },
      },
    });
  });

  test('names a function that is no ARN as it is', () => {
    const read = readFailure(batch({ requestContext: { ...CONTEXT, functionArn: 'live' } }));
    expect(read.ok && read.value.functionName).toBe('live');
  });

  test.each([
    ['{', 'it is not valid JSON'],
    ['{}', 'it is nothing that Lambda keeps when it gives up'],
    [batch({ payload: undefined }), 'it does not hold the records, only where they were'],
    [batch({ payload: '{' }), 'the records in it are not valid JSON'],
    [batch({ payload: '{"Records":[{}]}' }), 'the records in it are not what Lambda hands to a function'],
    [batch({ payload: '{"Records":[]}' }), 'it holds 0 records, not the 1 that it tells of'],
  ])('and anything else is refused: %#', (text, reason) => {
    expect(readFailure(text)).toEqual({ ok: false, reason });
  });
});
