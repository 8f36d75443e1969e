import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBody, encodeBody } from '../../../lib/core/cloud/body-codec.ts';
import type { CommitBody } from '../../../lib/core/cloud/commit-body.ts';
import { UnreadableStateError } from '../../../lib/core/cloud/unreadable-state-error.ts';
import type { Micros, NetworkEvent, Purchase } from '../../../lib/core/events/event.ts';
import { seeded } from '../../seeded.ts';
import { userId } from './user-states.ts';

const number = fc.maxSafeInteger();
const amount = fc.bigInt({ min: 0n, max: 10n ** 30n - 1n }).map((micros) => micros as Micros);
const text = fc.string({ unit: 'binary', maxLength: 20 });
const parameters = fc.record({ degrees: fc.nat(9), tracked: fc.nat(99) });
const purchase: fc.Arbitrary<Purchase> = fc.record({
  type: fc.constant('purchase' as const),
  time: number,
  user: userId,
  amount,
});
const event: fc.Arbitrary<NetworkEvent> = fc.oneof(
  purchase,
  fc.record({
    type: fc.constantFrom('befriend' as const, 'unfriend' as const),
    time: number,
    users: fc.tuple(userId, userId),
  }),
);
const flagged = fc.record({
  line: text,
  purchase,
  sequence: number,
  flag: fc.record({
    mean: text,
    sd: text,
    limit: text,
    judgedAgainst: fc.array(fc.record({ user: userId, time: number, sequence: number, amount }), { maxLength: 4 }),
  }),
});
const body: fc.Arbitrary<CommitBody> = fc.record({
  version: number,
  generation: text,
  load: number,
  parameters,
  sequence: number,
  events: fc.array(event),
  flagged: fc.array(flagged, { maxLength: 4 }),
  rejected: fc.array(fc.record({ reason: text, text, shard: text, sequenceNumber: text, line: number })),
  covers: fc.array(fc.record({ shard: text, first: text, last: text })),
});

describe('the body of a commit', () => {
  test('comes back as it was, as text and as bytes', () => {
    fc.assert(
      fc.property(body, (original) => {
        const encoded = encodeBody(original);
        expect(decodeBody(encoded)).toEqual(original);
        expect(decodeBody(new TextEncoder().encode(encoded))).toEqual(original);
      }),
      seeded(200),
    );
  });

  test.each([
    ['cut', '{"format":1,"version":', /the stored body of a commit cannot be read: it is not valid JSON$/],
    ['of a later format', '{"format":2}', /its format is 2, this version of Flagstone reads format 1$/],
    ['of no format', '[]', /its format is undefined/],
    ['nothing', 'null', /its format is undefined/],
  ])('is refused if it is %s', (_, text, message) => {
    expect(() => decodeBody(text)).toThrow(UnreadableStateError);
    expect(() => decodeBody(text)).toThrow(message);
  });
});
