import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { nameInArn } from '../deploy/account.ts';
import type { AcceptEvent } from '../events/event-bus.ts';
import type { Invoke, InvocationResult } from './invocation.ts';

/** What Lambda's Invoke reaches. */
export interface InvokeTargets {
  find(functionName: string): Invoke | undefined;
  readonly accept: AcceptEvent;
}

export interface InvokeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const LARGEST_BYTES = 6 * 1024 * 1024;
const LARGEST_EVENT_BYTES = 1024 * 1024;

/** Lambda's Invoke, as any AWS SDK calls it. */
export async function answerInvocation(request: IncomingMessage, targets: InvokeTargets): Promise<InvokeAnswer> {
  const [, name] = PATH.exec(request.url?.split('?')[0] ?? '') ?? [];
  if (request.method !== 'POST' || name === undefined)
    return refusal(404, 'UnknownOperation', 'there is no such operation');
  const functionName = nameInArn(decoded(name).replace(/:\$LATEST$/, ''));
  const invoke = targets.find(functionName);
  if (invoke === undefined) return refusal(404, 'ResourceNotFoundException', `Function not found: ${functionName}`);
  const body = await read(request);
  const payload = body === '' ? '{}' : body;
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const largest = type === 'Event' ? LARGEST_EVENT_BYTES : LARGEST_BYTES;
  if (Buffer.byteLength(payload) > largest) {
    return refusal(413, 'RequestTooLargeException', `the payload must not be larger than ${largest} bytes`);
  }
  if (!isJson(payload)) return refusal(400, 'InvalidRequestContentException', 'the payload is not JSON');
  if (type === 'DryRun') return { status: 204, body: '' };
  if (type === 'Event') {
    await targets.accept({ functionName, payload });
    return { status: 202, body: '' };
  }
  return answerOf(await invoke({ requestId: randomUUID(), payload }));
}

function answerOf(result: InvocationResult): InvokeAnswer {
  if (result.outcome === 'succeeded') {
    return { status: 200, headers: { 'x-amz-executed-version': '$LATEST' }, body: result.payload };
  }
  if (result.outcome === 'failed') {
    return { status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body: JSON.stringify(result.error) };
  }
  return result.outcome === 'throttled'
    ? refusal(429, 'TooManyRequestsException', 'Rate Exceeded.')
    : refusal(500, 'ServiceException', 'the local run ends');
}

function refusal(status: number, type: string, message: string): InvokeAnswer {
  return { status, headers: { 'x-amzn-errortype': type }, body: JSON.stringify({ Type: 'User', Message: message }) };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Enough to tell that it is too large.
    if (size <= LARGEST_BYTES + 1) chunks.push(chunk);
  }
  return size > LARGEST_BYTES ? ' '.repeat(LARGEST_BYTES + 1) : Buffer.concat(chunks).toString();
}

/** What cannot be decoded is no function's name. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
