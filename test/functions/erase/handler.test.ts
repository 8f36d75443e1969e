import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { coldStart } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

test('what was removed is told, and the log does not say whose it was', async () => {
  const services = new MockedServices();
  services.dynamo.on(ScanCommand).resolves({});
  const { invoke, output } = await coldStart('erase', { remainingMs: 900_000 });
  expect(await invoke({ target: { client: 'customer-1' } })).toMatchObject({ outcome: 'removed' });
  const logged = output.map((line) => JSON.parse(line) as object);
  expect(logged).toContainEqual(expect.objectContaining({ message: 'erased', outcome: 'removed' }));
  expect(output.join('\n')).not.toContain('customer-1');
  expect(services.tables).toContain('series-table');
});

test('a target that is none fails the call', async () => {
  const { invoke, output } = await coldStart('erase');
  await expect(invoke({ target: { network: '/customer-1/' } })).rejects.toThrow(
    'the target of a removal must be one of',
  );
  expect(output.join('\n')).not.toContain('customer-1');
});

test('the schedule is answered with nothing', async () => {
  const services = new MockedServices();
  const { invoke } = await coldStart('erase');
  expect(await invoke({ source: 'aws.events' })).toBeUndefined();
  expect(services.tables).toEqual(new Set(['state-table']));
});
