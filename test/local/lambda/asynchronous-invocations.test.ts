import { expect, test, vi } from 'vitest';
import type { AsynchronousSettings } from '../../../lib/local/deploy/definitions.ts';
import { AsynchronousInvocations } from '../../../lib/local/lambda/asynchronous/asynchronous-invocations.ts';
import { EventFolder } from '../../../lib/local/lambda/asynchronous/event-folder.ts';
import type { FailureRecord } from '../../../lib/local/lambda/failure-store.ts';
import type { Invocation, InvocationResult } from '../../../lib/local/lambda/invocation.ts';
import type { RunEvent } from '../../../lib/local/run-events.ts';
import { FakeClock } from '../fake-clock.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const SUCCEEDED: InvocationResult = { outcome: 'succeeded', payload: 'null' };
const FAILED: InvocationResult = { outcome: 'failed', error: { errorType: 'Error', errorMessage: 'no' } };
const SETTINGS: AsynchronousSettings = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 60,
  failureBucket: 'journal',
};

/** A queue for a function that answers as it is told; then it succeeds. */
async function queueFor(answers: readonly InvocationResult[], settings = SETTINGS, folder?: string) {
  const path = folder ?? (await temporaryFolder());
  const calls: Invocation[] = [];
  const kept: (FailureRecord & { bucket: string })[] = [];
  const told: RunEvent[] = [];
  const clock = new FakeClock();
  const hooks = { onCall: async (): Promise<unknown> => undefined };
  const onCall = (hook: () => Promise<unknown>): void => void (hooks.onCall = hook);
  const invoke = async (invocation: Invocation): Promise<InvocationResult> => {
    calls.push(invocation);
    await hooks.onCall();
    return answers[calls.length - 1] ?? SUCCEEDED;
  };
  const queue = new AsynchronousInvocations({
    folder: new EventFolder(path),
    targets: new Map([['worker', { invoke, settings }]]),
    failures: { keep: async (bucket, record) => void kept.push({ bucket, ...record }) },
    clock,
    tell: (event) => told.push(event),
    pausesAfterFailure: [1000, 2000],
  });
  const done = (): Promise<void> => vi.waitFor(() => expect(queue.pending).toEqual([]));
  return { queue, calls, kept, told, clock, done, path, onCall, stored: () => new EventFolder(path).readAll() };
}

test('an event is on disk while the function is at work, and gone when it has succeeded', async () => {
  const { queue, calls, done, stored, onCall } = await queueFor([]);
  const whileAtWork: unknown[] = [];
  onCall(async () => whileAtWork.push(...(await stored())));
  await queue.accept({ functionName: 'worker', payload: '{"a":1}', id: 'e1' });
  await done();
  expect(calls).toEqual([{ requestId: 'e1', payload: '{"a":1}' }]);
  expect(whileAtWork).toMatchObject([{ id: 'e1', payload: '{"a":1}' }]);
  expect(await stored()).toEqual([]);
});

test('a failed event is tried twice more, later and later', async () => {
  const { queue, calls, clock, done, kept } = await queueFor([FAILED, FAILED]);
  await queue.accept({ functionName: 'worker', payload: '1' });
  await done();
  expect(calls).toHaveLength(3);
  expect(clock.sleeps).toEqual([1000, 2000]);
  expect(kept).toEqual([]);
});

test('after the last try it is kept in the bucket, as Lambda does', async () => {
  const { queue, calls, done, kept, told, stored } = await queueFor([FAILED, FAILED, FAILED]);
  await queue.accept({ functionName: 'worker', payload: '{"a":1}', id: 'e1' });
  await done();
  expect(calls).toHaveLength(3);
  expect(kept).toMatchObject([{ bucket: 'journal', key: 'aws/lambda/async/worker/2026/01/01/2026-01-01T00.00.03-e1' }]);
  expect(JSON.parse(kept[0]!.body)).toMatchObject({
    version: '1.0',
    requestContext: { requestId: 'e1', condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: { a: 1 },
    responseContext: { functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'no' },
  });
  expect(told).toMatchObject([{ kind: 'given-up', functionName: 'worker', kept: /^s3:\/\/journal\// }]);
  expect(await stored()).toEqual([]);
});

test('being refused is no failure: it is tried until it is too old', async () => {
  const refusals = Array.from({ length: 100 }, () => ({ outcome: 'throttled' }) as const);
  const { queue, done, kept } = await queueFor(refusals);
  await queue.accept({ functionName: 'worker', payload: '1' });
  await done();
  expect(JSON.parse(kept[0]!.body)).toMatchObject({
    requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 },
  });
});

test('an event of a function that is gone is told and left', async () => {
  const { queue, done, told } = await queueFor([]);
  await queue.accept({ functionName: 'nobody', payload: '1' });
  await done();
  expect(told).toMatchObject([{ kind: 'given-up', functionName: 'nobody', kept: undefined }]);
});

test('an event that is accepted again while it is pending is one event', async () => {
  const { queue, calls, done } = await queueFor([FAILED]);
  const event = { functionName: 'worker', payload: '1', id: 'same' };
  await Promise.all([queue.accept(event), queue.accept(event)]);
  await queue.accept(event);
  await done();
  expect(calls).toHaveLength(2);
});

test('the next process goes on where this one was killed', async () => {
  const first = await queueFor([FAILED]);
  await first.queue.stop();
  await first.queue.accept({ functionName: 'worker', payload: '"late"', id: 'late' });
  expect(first.calls).toEqual([]);
  const second = await queueFor([], SETTINGS, first.path);
  await second.queue.start();
  await second.done();
  expect(second.calls).toEqual([{ requestId: 'late', payload: '"late"' }]);
});

test('tries that failed are remembered, and one that was cut short is none', async () => {
  const first = await queueFor([FAILED, { outcome: 'interrupted' }]);
  let stopping: Promise<void> | undefined;
  first.onCall(async () => {
    if (first.calls.length === 2) stopping = first.queue.stop();
  });
  await first.queue.accept({ functionName: 'worker', payload: '1' });
  await vi.waitFor(() => expect(stopping).toBeDefined());
  await stopping;
  expect(await first.stored()).toMatchObject([{ failures: 1, lastError: { errorMessage: 'no' } }]);
});
