import { expect, onTestFinished, test, vi } from 'vitest';
import { DemoProgress } from '../../../lib/cli/start/demo-progress.ts';
import { DEMO_SERIES, runDemoSeries } from '../../../lib/cli/start/demo-series.ts';
import { FakeSeriesServer, type ReceivedPoint } from '../../client/fake-series-server.ts';
import { MemorySystem } from '../memory-system.ts';

async function startServer(answer: (point: ReceivedPoint) => object = () => ({})): Promise<FakeSeriesServer> {
  const server = await FakeSeriesServer.start({ answer });
  onTestFinished(() => server.stop());
  return server;
}

function run(series: string | undefined) {
  const stop = new AbortController();
  const said: string[] = [];
  const system = Object.assign(new MemorySystem(), { series });
  const running = runDemoSeries({
    system,
    progress: new DemoProgress('unused'),
    events: 'unused',
    stopped: stop.signal,
    clock: () => 0,
    say: (sentence) => said.push(sentence),
  });
  return { stop, said, running };
}

test('streams each series over a client of its own until it is stopped, and tells alerts', async () => {
  const server = await startServer(() => ({ alert: true }));
  const { stop, said, running } = run(server.url);
  await vi.waitFor(() => expect(said.length).toBeGreaterThan(DEMO_SERIES.length), { timeout: 10_000 });
  stop.abort();
  await running;
  const clients = server.requests.map((request) => new URL(request, server.url).searchParams.get('client_id'));
  expect(clients).toHaveLength(DEMO_SERIES.length);
  expect(new Set(clients)).toEqual(new Set(DEMO_SERIES.map(({ clientId }) => clientId)));
  expect(said[0]).toBe('streaming the series demo-price, demo-traffic, demo-temperature, 2 points a second each');
  expect(said[1]).toMatch(/^demo-\w+ is out of line: [\d.]+ at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
});

test('stops also while the server is away', async () => {
  const server = await startServer();
  const { url } = server;
  await server.stop();
  const { stop, running } = run(url);
  stop.abort();
  await expect(running).resolves.toBeUndefined();
});

test('a system that takes no series is left alone', async () => {
  const { said, running } = run(undefined);
  await running;
  expect(said).toEqual([]);
});
