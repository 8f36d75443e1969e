import { functionArn } from '../environment.ts';
import { dayAndTime, type FailureRecord } from '../failure-store.ts';
import type { QueuedEvent } from './queued-event.ts';

/** What Lambda puts into a bucket when it gives up on an event. */
export function asynchronousFailure(event: QueuedEvent, condition: string, now: Date): FailureRecord {
  const { functionName, id, failures, lastError, payload } = event;
  return {
    key: `aws/lambda/async/${functionName}/${dayAndTime(now)}-${id}`,
    body: JSON.stringify({
      version: '1.0',
      timestamp: now.toISOString(),
      requestContext: {
        requestId: id,
        functionArn: `${functionArn(functionName)}:$LATEST`,
        condition,
        approximateInvokeCount: failures,
      },
      requestPayload: JSON.parse(payload) as unknown,
      ...(lastError && {
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: lastError,
      }),
    }),
  };
}
