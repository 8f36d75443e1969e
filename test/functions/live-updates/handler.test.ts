import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { coldStart } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

test('a page is answered over its connection, and what it says gets into no log', async () => {
  const services = new MockedServices();
  const gateway = mockClient(ApiGatewayManagementApiClient).on(PostToConnectionCommand).resolves({});
  const { invoke, output } = await coldStart('live-updates');
  const requestContext = { routeKey: '$default', connectionId: 'page-1', connectedAt: 1 };
  for (const topic of ['client:secret', 'secret']) {
    const body = JSON.stringify({ action: 'subscribe', topic });
    expect(await invoke({ requestContext, body, isBase64Encoded: false })).toEqual({ statusCode: 200 });
  }
  const told = gateway.commandCalls(PostToConnectionCommand).map(({ args: [{ input }] }) => input.Data as string);
  expect(told.map((text) => Object.keys(JSON.parse(text) as object))).toEqual([['subscribed'], ['error']]);
  expect(services.tables).toEqual(new Set(['subscription-table', 'series-table']));
  expect(output.join('\n')).not.toContain('secret');
});

test.each(['SUBSCRIPTION_TABLE', 'SERIES_TABLE', 'LIVE_CALLBACK_URL'] as const)(
  'does not start without %s',
  async (without) => {
    await expect(coldStart('live-updates', { without })).rejects.toThrow(
      `the environment variable ${without} is missing`,
    );
  },
);
