import { expect, test } from 'vitest';
import { coldStart } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

test('a training is told, to who calls and in the log', async () => {
  const services = new MockedServices();
  const { invoke, output } = await coldStart('train');
  const trained = { outcome: 'too few', transactions: 0, needed: 256, leftOut: 0 };
  expect(await invoke({})).toEqual(trained);
  expect(services.tables).toEqual(new Set(['transaction-table']));
  const logged = output.map((line) => JSON.parse(line) as object);
  expect(logged).toContainEqual(expect.objectContaining({ message: 'trained', trained }));
});
