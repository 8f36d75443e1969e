import type { LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { invokeFunction } from '../../../lib/cli/connect/invoke-function.ts';
import { runTrain } from '../../../lib/cli/train/run-train.ts';
import { FakeHost } from '../fake-host.ts';
import { MemorySystem } from '../memory-system.ts';

const TRAINED = {
  outcome: 'trained',
  version: '20261121T120000000Z-tok',
  bytes: 1234,
  report: { transactions: 600, earliest: 0, latest: 86_400, contamination: 0.05, flaggedBasic: 0.04833333 },
};

async function trained(result: unknown, json = false): Promise<{ code: number; text: string }> {
  const host = new FakeHost();
  const system = new MemorySystem();
  system.trained = result;
  return { code: await runTrain({ json }, system, host), text: host.stdout.text };
}

test('tells the version of the model and how it did', async () => {
  const { code, text } = await trained(TRAINED);
  expect(code).toBe(0);
  expect(text).toMatch(/^The model 20261121T120000000Z-tok is trained/);
  expect(text).toMatch(
    /\n {2}transactions +600\n {2}earliest +1970-01-01 00:00:00\n {2}latest +1970-01-02 00:00:00\n {2}contamination +0\.0500\n {2}flagged basic +0\.0483\n$/,
  );
});

test('tells programs all that there is', async () => {
  expect(JSON.parse((await trained(TRAINED, true)).text)).toEqual(TRAINED);
});

test('fails where there is too little to train on', async () => {
  const { code, text } = await trained({ outcome: 'too few', transactions: 3, needed: 256 });
  expect(code).toBe(1);
  expect(text).toBe(
    "No model is trained: 3 transactions stored, and it takes 256. Until then the users' habits decide alone.\n",
  );
});

test('fails as the function has failed', async () => {
  const failed = { errorType: 'Error', errorMessage: 'no table' };
  const answer = { Payload: Buffer.from(JSON.stringify(failed)), FunctionError: 'Unhandled' };
  const client = { send: async () => answer } as unknown as LambdaClient;
  await expect(invokeFunction(client, 'train')).rejects.toThrow('the function train has failed: Error: no table');
});
