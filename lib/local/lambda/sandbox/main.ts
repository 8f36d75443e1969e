/** What runs in a sandbox's own thread: it loads a bundle and calls its handler, as Lambda's runtime does. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FunctionError } from '../invocation.ts';
import type { Call, Reply, SandboxTask } from './protocol.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const { bundle, handlerName, functionName, memoryMegabytes } = workerData as SandboxTask;

try {
  const handler = await loadHandler();
  parentPort?.on('message', (call: Call) => void answer(handler, call));
  reply({ kind: 'ready' });
} catch (error) {
  reply({ kind: 'not-started', error: described(error) });
}

async function loadHandler(): Promise<Handler> {
  const exported = (await import(bundle)) as Readonly<Record<string, unknown>>;
  const handler = exported[handlerName];
  if (typeof handler === 'function') return handler as Handler;
  throw new Error(`${bundle} has no function named ${handlerName}`);
}

async function answer(handler: Handler, call: Call): Promise<void> {
  try {
    const returned = await handler(JSON.parse(call.payload), contextOf(call));
    reply({ kind: 'returned', payload: JSON.stringify(returned) ?? 'null' });
  } catch (error) {
    reply({ kind: 'threw', error: described(error) });
  }
}

function contextOf({ requestId, deadline }: Call): object {
  return {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: process.env['FLAGSTONE_FUNCTION_ARN'],
    memoryLimitInMB: String(memoryMegabytes),
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function described(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function reply(message: Reply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(message);
}
