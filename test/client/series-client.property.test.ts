import { array, assert, asyncProperty, constantFrom, integer } from 'fast-check';
import { expect, test } from 'vitest';
import { SeriesClient } from '../../lib/client/series-client.ts';
import { seeded } from '../seeded.ts';
import { answersOf, connect, numbers, point, startServer } from './client-setup.ts';
import { FakeSeriesServer, type Mischief } from './fake-series-server.ts';

const MOODS: readonly Mischief[] = [
  'answer later',
  'answer twice',
  'lose the answer',
  'lose the point',
  'close',
  'break',
  'be in trouble',
  'talk nonsense',
];

test('each point is stored, and each answer is handed out once and in order', async () => {
  const moods = array(constantFrom('none', 'none', 'none', ...MOODS), { maxLength: 40 });
  await assert(
    asyncProperty(moods, integer({ min: 1, max: 30 }), integer({ min: 1, max: 8 }), async (moods, count, most) => {
      const server = await FakeSeriesServer.start({ mischief: (message) => moods[message] ?? 'none' });
      const timing = { beat: 5, answerWithin: 10, giveUpAfter: 60_000 };
      const client = new SeriesClient({
        url: server.url,
        clientId: 'c',
        window: 5,
        random: () => 0,
        mostUnanswered: most,
        timing,
      });
      const answers = answersOf(client);
      try {
        for (const value of numbers(count)) await client.send(point(value));
        await client.end();
        expect(answers.map(({ sequence, value }) => [sequence, value])).toEqual(numbers(count).map((n) => [n, n]));
        expect(server.storedValues).toEqual(numbers(count));
      } finally {
        client.close();
        await server.stop();
      }
    }),
    seeded(60),
  );
});

test.each(MOODS)('one that begins to %s gets the point again, if it must, and its answer counts once', async (mood) => {
  const server = await startServer({ mischief: (message) => (message === 0 ? mood : 'none') });
  const client = connect(server.url, { timing: { beat: 5, answerWithin: 10 } });
  const answers = answersOf(client);
  for (const value of numbers(3)) await client.send(point(value));
  await client.end();
  expect(answers.map(({ sequence }) => sequence)).toEqual(numbers(3));
  expect(server.storedValues).toEqual(numbers(3));
});
