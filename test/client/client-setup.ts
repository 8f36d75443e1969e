import { onTestFinished } from 'vitest';
import type { SeriesAnswer } from '../../lib/client/point.ts';
import { SeriesClient, type SeriesClientOptions } from '../../lib/client/series-client.ts';
import { FakeSeriesServer, type FakeServerOptions } from './fake-series-server.ts';

/** A server for the running test. */
export async function startServer(options: FakeServerOptions = {}, port = 0): Promise<FakeSeriesServer> {
  const server = await FakeSeriesServer.start(options, port);
  onTestFinished(() => server.stop());
  return server;
}

/** A client for the running test, which does not pause before it connects again. */
export function connect(url: string, options: Partial<SeriesClientOptions> = {}): SeriesClient {
  const client = new SeriesClient({ url, clientId: 'c', window: 5, random: () => 0, ...options });
  onTestFinished(() => client.close());
  return client;
}

/** The answers that it will hand out. */
export function answersOf(client: SeriesClient): SeriesAnswer[] {
  const answers: SeriesAnswer[] = [];
  client.on('answer', (answer) => answers.push(answer));
  return answers;
}

export const point = (value: number): { timestamp: number; value: number } => ({ timestamp: 1_000 + value, value });

/** 1, 2, 3, … */
export const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
