import type { LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { invokeFunction } from '../../../lib/cli/connect/invoke-function.ts';
import { runTrain } from '../../../lib/cli/train/run-train.ts';
import { FakeHost } from '../fake-host.ts';
import { MemorySystem } from '../memory-system.ts';

const TRAINED = {
  outcome: 'trained',
  leftOut: 0,
  version: '20261121T120000000Z-tok',
  bytes: 1234,
  report: { transactions: 6000, users: 1, earliest: 0, latest: 86_400, contamination: 0.05, seed: 42 },
};

const QUALITY = { rocAuc: 0.98765, averagePrecision: 0.5, recallAtFivePercent: 0.91 };
const EVALUATION = {
  trained: 4800,
  heldOut: 1200,
  labelled: 1100,
  anomalies: 55,
  modes: { basic: { flagged: 0.0625 }, enhanced: { flagged: 0.05, quality: QUALITY } },
};

async function trained(result: unknown, json = false): Promise<{ code: number; text: string }> {
  const host = new FakeHost();
  const system = new MemorySystem();
  system.trained = result;
  return { code: await runTrain({ json }, system, host), text: host.stdout.text };
}

test('tells the version of the model, and what it was trained on', async () => {
  const { code, text } = await trained(TRAINED);
  expect(code).toBe(0);
  expect(text.split('\n')).toEqual([
    'The model 20261121T120000000Z-tok is trained; running functions judge by it within half a minute.',
    '  trained on  6,000 transactions of 1 user',
    '  from        1970-01-01 00:00:00',
    '  to          1970-01-02 00:00:00',
    '  flags       5.0 % of such transactions',
    '  seed        42',
    '  size        1,234 bytes',
    '',
  ]);
});

test('tells how one trained without the latest transactions does on them', async () => {
  const { text } = await trained({ ...TRAINED, evaluation: EVALUATION });
  expect(text.split('\n').slice(7)).toEqual([
    'A model of the first 4,800 alone, tried on the latest 1,200 (1,100 labelled, 55 of these anomalous):',
    '  mode      flagged  ROC-AUC  average precision  recall at 5 %',
    '  basic       6.3 %        -                  -              -',
    '  enhanced    5.0 %    0.988              0.500         91.0 %',
    '',
  ]);
  const unlabelled = { ...EVALUATION, labelled: 0, anomalies: 0 };
  expect((await trained({ ...TRAINED, evaluation: unlabelled })).text).toContain('latest 1,200 (none labelled):');
});

test('tells of transactions that another version has measured', async () => {
  const { text } = await trained({ ...TRAINED, leftOut: 3 });
  expect(text).toMatch(/\n3 transactions of another version of Flagstone left out\.\n$/);
});

test('tells programs all that there is', async () => {
  expect(JSON.parse((await trained(TRAINED, true)).text)).toEqual(TRAINED);
});

test('fails where there is too little to train on', async () => {
  const { code, text } = await trained({ outcome: 'too few', transactions: 3, needed: 256, leftOut: 0 });
  expect(code).toBe(1);
  expect(text).toBe(
    "No model is trained: 3 transactions stored, and it takes 256. Until then the users' habits decide alone.\n",
  );
});

test('fails as the function has failed', async () => {
  const failed = { errorType: 'Error', errorMessage: 'no table' };
  const answer = { Payload: Buffer.from(JSON.stringify(failed)), FunctionError: 'Unhandled' };
  const client = { send: async () => answer } as unknown as LambdaClient;
  await expect(invokeFunction(client, { name: 'train' })).rejects.toThrow(
    'the function train has failed: Error: no table',
  );
});
