import { expect, test } from 'vitest';
import { train } from '../../../functions/train/train.ts';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { MemoryTransactionStore } from '../../../lib/adapters/transactions/memory-transaction-store.ts';
import { ModelStore } from '../../../lib/adapters/transactions/model-store.ts';
import { LEAST_TRAINING } from '../../../lib/core/transactions/model.ts';
import { lineOf, storedOf } from '../../core/transactions-cloud/sample-transactions.ts';

const WORLD = { now: () => 1000, newToken: () => 'tok' };

async function storeOf(count: number, label: (number: number) => object = () => ({})): Promise<MemoryTransactionStore> {
  const transactions = new MemoryTransactionStore();
  const lines = Array.from({ length: count }, (_, number) => {
    const timestamp = `2026-11-${10 + (number % 10)} 10:00:00`;
    return lineOf(
      `${number}`,
      { sequenceNumber: `${number}` },
      { amount: `${10 + (number % 7)}`, timestamp, ...label(number) },
    );
  });
  await transactions.write(storedOf(...lines));
  return transactions;
}

test('a model is trained on what is stored, and becomes the current one', async () => {
  const transactions = await storeOf(LEAST_TRAINING);
  const models = new ModelStore(new MemoryObjectStore());
  const trained = await train({ ...WORLD, transactions, models });
  expect(trained).toMatchObject({ outcome: 'trained', version: '19700101T000001000Z-tok' });
  const [described] = await models.latest();
  expect(described).toMatchObject({ report: { transactions: LEAST_TRAINING } });
  const again = new ModelStore(new MemoryObjectStore());
  expect(await train({ ...WORLD, transactions, models: again })).toEqual(trained);
});

test('too few transactions train nothing, and those of another version do not count', async () => {
  const transactions = await storeOf(LEAST_TRAINING);
  const models = new ModelStore(new MemoryObjectStore());
  const [first] = storedOf(lineOf('0', { sequenceNumber: '0' }));
  await transactions.write([{ ...first!, judgement: { ...first!.judgement, features: Uint8Array.of(99) } }]);
  const trained = await train({ ...WORLD, transactions, models });
  expect(trained).toEqual({ outcome: 'too few', transactions: LEAST_TRAINING - 1, needed: LEAST_TRAINING, leftOut: 1 });
  expect(await models.latest()).toEqual([]);
});

test('those of another version are left out, and told', async () => {
  const transactions = await storeOf(LEAST_TRAINING + 2);
  const [first] = storedOf(lineOf('0', { sequenceNumber: '0' }));
  await transactions.write([{ ...first!, judgement: { ...first!.judgement, features: Uint8Array.of(99) } }]);
  const trained = await train({ ...WORLD, transactions, models: new ModelStore(new MemoryObjectStore()) });
  expect(trained).toMatchObject({ outcome: 'trained', leftOut: 1, report: { transactions: LEAST_TRAINING + 1 } });
});

test('how a model does on the latest transactions is kept with it, by the labels that were stored', async () => {
  const transactions = await storeOf(500, (number) => ({ label: number % 7 === 0 ? ['amount'] : [] }));
  const models = new ModelStore(new MemoryObjectStore());
  const trained = await train({ ...WORLD, transactions, models });
  const [described] = await models.latest();
  expect(described).toMatchObject({
    report: { transactions: 500 },
    evaluation: { trained: 400, heldOut: 100, labelled: 100 },
  });
  expect(described!.evaluation!.modes.enhanced.quality?.rocAuc).toBeGreaterThan(0);
  expect(trained).toEqual({ outcome: 'trained', leftOut: 0, ...described });
});
