import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { transactionsApart } from '../../../lib/cli/send/transactions-apart.ts';
import { seeded } from '../../seeded.ts';

/** Cuts bytes where it is told to. */
async function* cut(bytes: Buffer, places: readonly number[]): AsyncGenerator<Uint8Array> {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    // As files are read: a chunk is overwritten once the next is asked for.
    const chunk = Uint8Array.from(bytes.subarray(start, end));
    yield chunk;
    chunk.fill(0);
    start = end;
  }
}

async function takeApart(bytes: Buffer, places: readonly number[]) {
  const transactions: string[] = [];
  const others: Buffer[] = [];
  const apart = transactionsApart(cut(bytes, places), async (key, line) => {
    transactions.push(`${key} ${Buffer.from(line).toString()}`);
    return true;
  });
  for await (const chunk of apart) others.push(Buffer.from(chunk));
  return { transactions, others: Buffer.concat(others).toString() };
}

const LINES = [
  '{"event_type":"transaction","user_id":"a"}',
  '{"user_id":7,"event_type" : "transaction"}\r',
  '{"event_type":"purchase","id":"1"}',
  '{"event_type":"purchase","note":"transaction"}',
  '{"event_type":"transaction"}',
  '"transaction"',
  '',
  'ä',
  'x'.repeat(1_050_000),
] as const;
const KEYS: ReadonlyMap<string, string> = new Map([
  [LINES[0], 'a'],
  [LINES[1], '7'],
]);

test('however it is cut, each line goes to its side, whole and in order', async () => {
  const lines = fc.array(fc.constantFrom(...LINES), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(lines, fc.array(fc.nat(), { maxLength: 6 }), fc.boolean(), async (log, places, isEnded) => {
      const ended = log.map((line, index) => (isEnded || index < log.length - 1 ? `${line}\n` : line));
      const { transactions, others } = await takeApart(Buffer.from(ended.join('')), places);
      expect(transactions).toEqual(log.filter((line) => KEYS.has(line)).map((line) => `${KEYS.get(line)} ${line}`));
      expect(others).toBe(ended.filter((_, index) => !KEYS.has(log[index]!)).join(''));
    }),
    seeded(60),
  );
});
