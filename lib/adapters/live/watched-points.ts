import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { answerPoint } from '../../core/api/answer-series.ts';
import type { SeriesPointAnswer } from '../../core/api/clients.ts';
import type { PlacedPoints } from '../series/series-session.ts';

/** New points of a client that somebody watches, as its publisher is called with them. */
export interface WatchedPoints {
  readonly client: string;
  readonly points: readonly SeriesPointAnswer[];
}

/** Calls the publisher with points, and waits for no more than that it will run. */
export class WatchedPointsOutlet {
  readonly #client: Pick<LambdaClient, 'send'>;
  readonly #publisher: string;

  constructor(client: Pick<LambdaClient, 'send'>, publisher: string) {
    this.#client = client;
    this.#publisher = publisher;
  }

  async put(client: string, placed: PlacedPoints): Promise<void> {
    const watched: WatchedPoints = { client, points: placed.map(([place, point]) => answerPoint(place, point)) };
    const Payload = JSON.stringify(watched);
    await this.#client.send(new InvokeCommand({ FunctionName: this.#publisher, InvocationType: 'Event', Payload }));
  }
}

export function connectWatchedPoints(publisher: string): WatchedPointsOutlet {
  return new WatchedPointsOutlet(new LambdaClient({}), publisher);
}
