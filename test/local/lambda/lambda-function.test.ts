import { expect, test, vi } from 'vitest';
import { tinyFunction } from './tiny-function.ts';

const COUNTING = 'let calls = 0; export const handler = async () => ++calls;';

test('a function is given its event and its context, and answers', async () => {
  const { call } = await tinyFunction(`
    export const handler = async (event, context) => {
      const left = context.getRemainingTimeInMillis();
      return { event, who: process.env.WHO, path: process.env.PATH, id: context.awsRequestId, name: context.functionName,
        memory: context.memoryLimitInMB, inTime: left > 0 && left <= 20000 };
    };`);
  const { outcome, payload } = (await call({ a: [1, 'ü'] })) as { outcome: string; payload: string };
  expect(outcome).toBe('succeeded');
  expect(JSON.parse(payload)).toEqual({
    event: { a: [1, 'ü'] },
    who: 'it is me',
    id: 'r-0',
    name: 'tiny',
    memory: '128',
    inTime: true,
  });
});

test('a sandbox is used again, and a second one begun only for a second call at a time', async () => {
  const { call } = await tinyFunction(`
    let calls = 0;
    export const handler = async ({ wait }) => { calls++; await new Promise((r) => setTimeout(r, wait)); return calls; };`);
  expect([await call({ wait: 0 }), await call({ wait: 0 })]).toMatchObject([{ payload: '1' }, { payload: '2' }]);
  expect(await Promise.all([call({ wait: 20 }), call({ wait: 20 })])).toMatchObject([
    { payload: '3' },
    { payload: '1' },
  ]);
});

test('what it throws is the error of the call, and told; the sandbox goes on', async () => {
  const { call, told, lambda } = await tinyFunction(`
    class Broken extends Error { name = 'Broken' }
    let calls = 0;
    export const handler = async () => { if (++calls === 1) throw new Broken('no'); return calls; };`);
  expect(await call()).toMatchObject({ outcome: 'failed', error: { errorType: 'Broken', errorMessage: 'no' } });
  expect(told).toMatchObject([{ kind: 'invocation-failed', functionName: 'tiny', error: { errorType: 'Broken' } }]);
  expect(lambda.lastError?.errorType).toBe('Broken');
  expect(await call()).toEqual({ outcome: 'succeeded', payload: '2' });
  expect(lambda.lastError).toBeUndefined();
});

test.each([
  [
    'process.exit',
    'process.exit(3)',
    { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with exit status 3' },
  ],
  [
    'an error that nobody catches',
    `setTimeout(() => { throw new Error('late') }, 0); await new Promise(() => {})`,
    { errorMessage: 'late' },
  ],
  [
    'a promise that nobody awaits',
    `Promise.reject(new Error('lost')); await new Promise(() => {})`,
    { errorMessage: 'lost' },
  ],
])('%s kills the sandbox: the call fails, it is told, and the next call gets a new one', async (_, code, error) => {
  const { call, told } = await tinyFunction(`
    let calls = 0;
    export const handler = async ({ die }) => { calls++; if (die) { ${code} } return calls; };`);
  await call();
  expect(await call({ die: true })).toMatchObject({ outcome: 'failed', error });
  expect(told).toEqual([{ kind: 'sandbox-died', functionName: 'tiny', reason: error.errorMessage }]);
  expect(await call()).toEqual({ outcome: 'succeeded', payload: '1' });
});

test('a function that takes all memory kills its sandbox only', async () => {
  const { call } = await tinyFunction(
    'export const handler = async ({ hungry }) => { const all = []; while (hungry) all.push(new Array(1e5).fill({})); return 1; };',
    { memoryMegabytes: 32 },
  );
  expect(await call({ hungry: true })).toMatchObject({ outcome: 'failed', error: { errorMessage: /memory/ } });
  expect(await call()).toMatchObject({ outcome: 'succeeded' });
});

test.each([
  ['waits', 'await new Promise(() => {})'],
  ['never yields', 'for (;;);'],
])('a function that %s for longer than it may is killed', async (_, code) => {
  const { call } = await tinyFunction(
    `export const handler = async ({ slow }) => { if (slow) { ${code} } return 1; };`,
    {
      timeoutSeconds: 0.05,
    },
  );
  const error = { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 0.05 seconds' };
  expect(await call({ slow: true })).toMatchObject({ outcome: 'failed', error });
  expect(await call()).toMatchObject({ outcome: 'succeeded' });
});

test.each([
  ['code that cannot be loaded', `import './nowhere.mjs';`, /nowhere/],
  ['code that throws while it is loaded', `throw new Error('at once')`, /at once/],
  ['code without the handler', 'export const other = 1;', /has no function named handler/],
])('%s fails each call with the reason', async (_, code, errorMessage) => {
  const { call } = await tinyFunction(code);
  expect(await call()).toMatchObject({ outcome: 'failed', error: { errorMessage } });
  expect(await call()).toMatchObject({ outcome: 'failed', error: { errorMessage } });
});

test('no more calls at a time than are reserved', async () => {
  const code = 'export const handler = () => new Promise((r) => setTimeout(r, 20, 1));';
  const { call } = await tinyFunction(code, { reservedConcurrency: 1 });
  const outcomes = await Promise.all([call(), call()]);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['succeeded', 'throttled']);
  const { call: callNone } = await tinyFunction(COUNTING, { reservedConcurrency: 0 });
  expect(await callNone()).toEqual({ outcome: 'throttled' });
});

test('what it writes is logged by the line, and errors in it are told', async () => {
  const { call, logged, told } = await tinyFunction(`
    export const handler = async () => {
      console.log('one\\ntwo');
      process.stdout.write('th'); process.stdout.write('ree\\n');
      console.log(JSON.stringify({ level: 'ERROR', message: 'oh no', error: { message: 'because' } }));
    };`);
  expect(await call()).toEqual({ outcome: 'succeeded', payload: 'null' });
  await vi.waitFor(() => expect(logged).toHaveLength(4));
  expect(logged.slice(0, 3)).toEqual(['one', 'two', 'three']);
  expect(told).toEqual([{ kind: 'error-logged', functionName: 'tiny', message: 'oh no: because' }]);
});

test('a call that the end of the run cuts short counts for nothing', async () => {
  const { call, lambda, told } = await tinyFunction('export const handler = () => new Promise(() => {});');
  const pending = call();
  await vi.waitFor(() => expect(lambda.underWay).toBe(1));
  await lambda.end();
  expect(await pending).toEqual({ outcome: 'interrupted' });
  expect(told).toEqual([]);
});
