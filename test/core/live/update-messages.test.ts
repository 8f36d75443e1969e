import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SeriesPointAnswer } from '../../../lib/core/api/clients.ts';
import { MOST_MESSAGE_BYTES, updateMessages } from '../../../lib/core/live/update-messages.ts';
import { seeded } from '../../seeded.ts';

interface Message {
  readonly topic: string;
  readonly items: readonly SeriesPointAnswer[];
}

function pointOf(position: number, timestamp: string): SeriesPointAnswer {
  return { position, timestamp, time: 0, value: 1, anomaly: false, alert: false, late: false, score: 0.5 };
}

test('an update is one message with all items', () => {
  const items = [pointOf(0, 'a'), pointOf(1, 'b')];
  expect(updateMessages({ topic: 'client:a', items }).map((text) => JSON.parse(text) as Message)).toEqual([
    { topic: 'client:a', items },
  ]);
  expect(updateMessages({ topic: 'client:a', items: [] })).toEqual([]);
});

test('messages are within what API Gateway takes, and hold all items in order', () => {
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 40 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 2_500, max: 6_000 }), (timestamps, mostBytes) => {
      const items = timestamps.map((timestamp, position) => pointOf(position, timestamp));
      const messages = updateMessages({ topic: 'client:"ü"', items }, mostBytes);
      for (const message of messages) expect(Buffer.byteLength(message)).toBeLessThanOrEqual(mostBytes);
      expect(messages.flatMap((message) => (JSON.parse(message) as Message).items)).toEqual(items);
    }),
    seeded(300),
  );
});

test('as few messages are made as do', () => {
  const items = Array.from({ length: 2_000 }, (_, position) => pointOf(position, 'x'.repeat(100)));
  const messages = updateMessages({ topic: 'client:a', items });
  const bytes = messages.map((message) => Buffer.byteLength(message));
  expect(Math.max(...bytes)).toBeLessThanOrEqual(MOST_MESSAGE_BYTES);
  expect(messages).toHaveLength(Math.ceil(bytes.reduce((sum, each) => sum + each) / MOST_MESSAGE_BYTES));
});

test('an item that is longer than a message has one for itself', () => {
  const items = [pointOf(0, 'a'), pointOf(1, 'b'.repeat(500)), pointOf(2, 'c')];
  expect(updateMessages({ topic: 'client:a', items }, 200).map((text) => (JSON.parse(text) as Message).items)).toEqual(
    items.map((item) => [item]),
  );
});
