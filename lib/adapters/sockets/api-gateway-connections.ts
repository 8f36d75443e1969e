import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { Connections } from './connections.ts';

export class ApiGatewayConnections implements Connections {
  readonly #client: Pick<ApiGatewayManagementApiClient, 'send'>;

  constructor(client: Pick<ApiGatewayManagementApiClient, 'send'>) {
    this.#client = client;
  }

  async post(connectionId: string, text: string): Promise<'sent' | 'gone'> {
    const isThere = await unlessGone(
      this.#client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: text })),
    );
    return isThere ? 'sent' : 'gone';
  }

  async close(connectionId: string): Promise<void> {
    await unlessGone(this.#client.send(new DeleteConnectionCommand({ ConnectionId: connectionId })));
  }
}

async function unlessGone(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof GoneException) return false;
    throw error;
  }
}
