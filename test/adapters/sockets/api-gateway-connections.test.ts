import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { ApiGatewayConnections } from '../../../lib/adapters/sockets/api-gateway-connections.ts';

const api = mockClient(ApiGatewayManagementApiClient);
const connections = new ApiGatewayConnections(new ApiGatewayManagementApiClient({}));

beforeEach(() => api.reset());

describe('the connections of API Gateway', () => {
  test('are sent texts, and closed', async () => {
    expect(await connections.post('c1', '{"pong":true}')).toBe('sent');
    await connections.close('c1');
    expect(api.commandCalls(PostToConnectionCommand)[0]?.args[0].input).toEqual({
      ConnectionId: 'c1',
      Data: '{"pong":true}',
    });
    expect(api.commandCalls(DeleteConnectionCommand)[0]?.args[0].input).toEqual({ ConnectionId: 'c1' });
  });

  test('may be gone, which is no failure', async () => {
    api.rejects(new GoneException({ message: 'Gone', $metadata: {} }));
    expect(await connections.post('c1', 'x')).toBe('gone');
    await connections.close('c1');
  });

  test('fail for any other reason', async () => {
    api.rejects(new Error('the network is down'));
    await expect(connections.post('c1', 'x')).rejects.toThrow('the network is down');
    await expect(connections.close('c1')).rejects.toThrow('the network is down');
  });
});
