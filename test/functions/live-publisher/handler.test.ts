import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { outputsOf } from '../../../lib/core/transactions-cloud/output-objects.ts';
import { uploadEvent } from '../../cloud/upload-event.ts';
import { committed, lineOf } from '../../core/transactions-cloud/sample-transactions.ts';
import { coldStart, metricsIn } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

const { key, text } = outputsOf(committed(lineOf('id-1', {}, { amount: '1000.50' })))[0]!;

test('an object is told to who watches, and counted', async () => {
  const services = new MockedServices();
  services.putObject('output-bucket', key, { body: text });
  services.putItem({ pk: { S: 'topic/anomalies' }, sk: { S: 'page-1' } });
  const gateway = mockClient(ApiGatewayManagementApiClient).on(PostToConnectionCommand).resolves({});
  const { invoke, output } = await coldStart('live-publisher');
  await invoke(uploadEvent({ key, sequencer: '1', at: 0 }));
  const [{ input }] = gateway.commandCalls(PostToConnectionCommand)[0]!.args;
  expect(input.ConnectionId).toBe('page-1');
  expect(JSON.parse(input.Data as string)).toMatchObject({ topic: 'anomalies', items: [{ transaction_id: 'id-1' }] });
  expect(metricsIn(output)).toEqual({ 'Flagstone.LiveMessages': { Unit: 'Count', value: 1 } });
  expect(output.join('\n')).not.toMatch(/id-1|1000/);
});

test('where nobody watches, one query is all that is asked', async () => {
  const services = new MockedServices();
  const { invoke, output } = await coldStart('live-publisher');
  await invoke(uploadEvent({ key, sequencer: '1', at: 0 }));
  await invoke({ client: 'till 7', points: [] });
  expect(services.dynamo.calls()).toHaveLength(2);
  expect(services.s3.calls()).toEqual([]);
  expect(metricsIn(output)).toEqual({});
});

test('who is gone is counted, and asked for no more', async () => {
  const services = new MockedServices();
  services.putItem({ pk: { S: 'topic/client:till 7' }, sk: { S: 'page-1' } });
  mockClient(ApiGatewayManagementApiClient)
    .on(PostToConnectionCommand)
    .rejects(new GoneException({ message: 'gone', $metadata: {} }));
  const { invoke, output } = await coldStart('live-publisher');
  await invoke({ client: 'till 7', points: [{ position: 1 }] });
  expect(metricsIn(output)).toMatchObject({ 'Flagstone.LiveConnectionsGone': { value: 1 } });
  expect(services.dynamo.calls().map(({ args }) => args[0].constructor.name)).toContain('BatchWriteItemCommand');
});

test.each(['SUBSCRIPTION_TABLE', 'LIVE_CALLBACK_URL'] as const)('does not start without %s', async (without) => {
  await expect(coldStart('live-publisher', { without })).rejects.toThrow(
    `the environment variable ${without} is missing`,
  );
});
