import { describe, expect, test } from 'vitest';
import { SeriesDetector } from '../../../lib/core/series/series-detector.ts';
import { pointCount } from '../../../lib/core/series-cloud/series-head.ts';
import { connect, sandbox, send, store } from './series-setup.ts';

const point = (sequence: number) => ({ sequence, timestamp: sequence, value: 1 });

describe('a client', () => {
  test('sends several points at a time, and goes on with them in sandboxes that know nothing, or less', async () => {
    const routes = [sandbox(), sandbox()];
    const values = Array.from({ length: 450 }, (_, place) => ((place * 7) % 11) + (place % 90 === 80 ? 1000 : 0));
    const plain = new SeriesDetector({ window: 5, limits: 'textbook' });
    const expected = values.map((value, place) => {
      const { anomaly, alert } = plain.score(value);
      plain.learn(value);
      return { sequence: place + 1, anomaly, alert };
    });
    await connect(routes[0]!, 'c1', { source: 's' });
    const heard: object[] = [];
    for (let place = 0, turn = 0; place < values.length; turn++) {
      const points = values.slice(place, place + 1 + ((turn * 37) % 100)).map((value, index) => {
        return { sequence: place + index + 1, timestamp: place + index, value };
      });
      const one = turn % 5 === 4 ? sandbox() : routes[turn % 2]!;
      const { answers } = (await send(one, 'c1', { points, alone: turn % 3 > 0 })) as { answers: object[] };
      heard.push(...answers);
      place += points.length;
    }
    expect(heard).toMatchObject(expected);
    expect(pointCount((await store.readClient('a'))!.head)).toBe(450);
  });

  test('is answered for bad points of a list in their places, and what it sends again is stored once', async () => {
    await connect(sandbox(), 'c1');
    const message = {
      points: [
        { timestamp: 1, value: 1 },
        { timestamp: 2, value: 'x' },
        { timestamp: 3, value: 3 },
      ],
    };
    expect(await send(sandbox(), 'c1', message)).toMatchObject({
      answers: [
        { timestamp: 1 },
        { error: 'value must be a finite number (given "x")', timestamp: 2 },
        { timestamp: 3 },
      ],
    });
    expect(await send(sandbox(), 'c1', message)).toMatchObject({
      answers: [{ duplicate: true }, { timestamp: 2 }, { timestamp: 3, duplicate: true }],
    });
    expect(await send(sandbox(), 'c1', { points: [] })).toMatchObject({
      error: 'points must be a list of 1 to 100 points (given 0)',
    });
    expect((await store.readClient('a'))?.head.tail).toHaveLength(2);
  });

  test('that waits for each answer costs one write', async () => {
    const routes = sandbox();
    await connect(routes, 'c1');
    const noted: string[] = [];
    for (const name of ['readClient', 'writeHead', 'markAnswered'] as const) {
      const method = store[name].bind(store) as () => Promise<never>;
      store[name] = (...given: []) => {
        noted.push(name);
        return method(...given);
      };
    }
    await send(routes, 'c1', { ...point(1), alone: true });
    await send(routes, 'c1', { points: [point(2), point(3)], alone: true });
    expect(noted).toEqual(['readClient', 'writeHead', 'writeHead']);
  });
});
