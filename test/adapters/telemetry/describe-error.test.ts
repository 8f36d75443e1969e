import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeError, InvocationFailed } from '../../../lib/adapters/telemetry/describe-error.ts';
import { TryLaterError } from '../../../lib/adapters/state/backoff.ts';
import { seeded } from '../../seeded.ts';

const SECRET = 'customer-4711 bought for 27182.81';

function refusedByDynamo(): Error {
  const error = new Error(`The item {"user":"${SECRET}"} is not valid`);
  return Object.assign(error, {
    name: 'ValidationException',
    $metadata: { requestId: 'REQUEST', httpStatusCode: 400 },
    $response: { body: SECRET },
    Item: { pk: { S: SECRET } },
  });
}

describe('of an error a log tells', () => {
  test('what it is, where it was thrown, and what AWS calls the request', () => {
    const described = describeError(refusedByDynamo());
    expect(described).toMatchObject({ name: 'ValidationException', request: { id: 'REQUEST', status: 400 } });
    expect(described.at[0]).toMatch(/^refusedByDynamo \(.*describe-error\.test\.ts:\d+:\d+\)$/);
    expect(JSON.stringify(described)).not.toMatch(/customer|27182/);
  });

  test('the message, where it can hold nothing of what was worked on', () => {
    const error = new TryLaterError('DynamoDB has refused a write 9 times in a row', { cause: refusedByDynamo() });
    expect(describeError(error)).toMatchObject({
      name: 'TryLaterError',
      message: 'DynamoDB has refused a write 9 times in a row',
      cause: { name: 'ValidationException' },
    });
  });

  test('the first ones, where it is several', () => {
    const all = new AggregateError([1, 2, 3, 4].map(refusedByDynamo), SECRET);
    const { errors = [] } = describeError(all);
    expect(errors.map(({ name }) => name)).toEqual(Array.from({ length: 3 }, () => 'ValidationException'));
  });

  test('no more than some of its causes', () => {
    const error = new Error('one of itself');
    error.cause = error;
    expect(JSON.stringify(describeError(error)).match(/"cause"/g)).toHaveLength(5);
  });

  test.each([SECRET, 27_182.81, { user: SECRET }, undefined, null])('nothing of what is no error: %j', (thrown) => {
    expect(describeError(thrown)).toEqual({ name: typeof thrown, at: [] });
  });
});

/** Texts that hold the secret, in lines that may look like anything. */
const texts = fc
  .array(fc.constantFrom(SECRET, '\n', '    at ', `    at ${SECRET.split(' ')[0]} (/`, ':1:1)', 'Error: ', '{'))
  .map((parts) => `${parts.join('')}customer-4711`);

const errors = fc.letrec<{ error: Error }>((tie) => ({
  error: fc
    .record({
      name: fc.oneof(fc.constantFrom('Error', 'SyntaxError', 'TypeError', 'NoSuchKey'), texts),
      message: texts,
      cause: fc.option(tie('error'), { nil: undefined, maxDepth: 3 }),
      more: fc.dictionary(fc.constantFrom('Item', 'key', '$response', 'input', 'code'), texts),
    })
    .map(({ name, message, cause, more }) => Object.assign(new Error(message, { cause }), { name, ...more })),
})).error;

test('whatever an error says, nothing of it is told', () => {
  fc.assert(
    fc.property(errors, (error) => {
      expect(JSON.stringify(describeError(error))).not.toMatch(/customer|27182/);
      const { message, stack } = new InvocationFailed(error, 'REQUEST');
      expect(`${message}${stack}`).not.toMatch(/customer|27182/);
      expect(message).toContain('the log of REQUEST has more of it');
    }),
    seeded(300),
  );
});

test.each([() => JSON.parse(SECRET), () => BigInt(SECRET), () => new URL(SECRET)])(
  'what a parser or a number says of its text is not told: %s',
  (fail: () => unknown) => {
    const thrown = thrownBy(fail);
    expect(String(thrown)).toMatch(/customer|Invalid URL/);
    expect(JSON.stringify(describeError(thrown))).not.toMatch(/customer|27182/);
  },
);

function thrownBy(fail: () => unknown): unknown {
  try {
    return fail();
  } catch (error) {
    return error;
  }
}
