import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLiveRequest } from '../../../lib/core/live/live-request.ts';
import { clientOf, clientTopic } from '../../../lib/core/live/topic.ts';
import { seeded } from '../../seeded.ts';

describe('a message of a page', () => {
  test.each([
    ['{"action":"ping"}', { action: 'ping' }],
    ['{"action":"subscribe","topic":"flagged"}', { action: 'subscribe', topic: 'flagged' }],
    ['{"action":"unsubscribe","topic":"anomalies"}', { action: 'unsubscribe', topic: 'anomalies' }],
    ['{"action":"subscribe","topic":"client:a:b ü"}', { action: 'subscribe', topic: 'client:a:b ü' }],
  ])('is read: %s', (text, value) => {
    expect(readLiveRequest(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'a message must be a JSON object such as {"action":"subscribe","topic":"flagged"} (given "")'],
    ['[]', 'a message must be a JSON object such as {"action":"subscribe","topic":"flagged"} (given "[]")'],
    ['null', 'a message must be a JSON object such as {"action":"subscribe","topic":"flagged"} (given "null")'],
    ['{}', 'action is missing'],
    ['{"action":"watch"}', 'action must be subscribe, unsubscribe or ping (given "watch")'],
    ['{"action":"subscribe"}', 'topic is missing'],
    ['{"action":"subscribe","topic":"users"}', 'topic must be flagged, anomalies or client:ID (given "users")'],
    ['{"action":"subscribe","topic":7}', 'topic must be flagged, anomalies or client:ID (given 7)'],
    [
      '{"action":"subscribe","topic":"client:"}',
      'the client of a topic must be text of 1 to 128 characters, none of control (given "")',
    ],
  ])('is refused with the reason: %s', (text, reason) => {
    expect(readLiveRequest(text)).toEqual({ ok: false, reason });
  });

  test.each(['x'.repeat(129), 'a\nb', '\ud800'])('names no client that cannot be: %j', (client) => {
    const text = JSON.stringify({ action: 'subscribe', topic: clientTopic(client) });
    expect(readLiveRequest(text)).toMatchObject({ ok: false });
  });

  test('is read or refused, whatever it is', () => {
    const words = fc.constantFrom('subscribe', 'unsubscribe', 'ping', 'flagged', 'anomalies', 'client:a');
    const values = fc.oneof(words, fc.jsonValue());
    const objects = fc.record({ action: values, topic: values }, { requiredKeys: [] });
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      objects.map((value) => JSON.stringify(value)),
    );
    const checked = fc.check(
      fc.property(texts, (text) => {
        const read = readLiveRequest(text);
        if (!read.ok) return read.reason.length < 300;
        return read.value.action === 'ping' || read.value.topic.length <= 135;
      }),
      seeded(2_000),
    );
    expect(checked.counterexample).toBeNull();
  });
});

test('the topic of a client names it', () => {
  expect(clientOf(clientTopic('till:7'))).toBe('till:7');
  expect(clientOf('flagged')).toBeUndefined();
});
