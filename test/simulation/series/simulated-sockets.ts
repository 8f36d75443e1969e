import { GoneException } from '@aws-sdk/client-apigatewaymanagementapi';
import { SimulationGap, type Command, type SimulatedService } from '../world/wire.ts';

/** Who is at the other end of a WebSocket. */
export interface SocketPeer {
  hear(text: string): void;
  /** Closed by the server. */
  end(): void;
}

/** The WebSockets that API Gateway holds, as functions reach them. */
export class SimulatedSockets implements SimulatedService {
  readonly name = 'sockets';
  readonly #open = new Map<string, SocketPeer>();

  open(id: string, peer: SocketPeer): void {
    this.#open.set(id, peer);
  }

  forget(id: string): void {
    this.#open.delete(id);
  }

  execute({ name, input }: Command): unknown {
    const id = String(input['ConnectionId']);
    const peer = this.#open.get(id);
    if (peer === undefined) throw new GoneException({ message: 'Gone', $metadata: {} });
    if (name === 'PostToConnectionCommand') peer.hear(String(input['Data']));
    else if (name === 'DeleteConnectionCommand') {
      this.#open.delete(id);
      peer.end();
    } else throw new SimulationGap(`the simulated sockets do not know ${name}`);
    return {};
  }

  throttled(): Error {
    return Object.assign(new Error('Limit exceeded'), { name: 'LimitExceededException' });
  }
}
