import { beforeEach, expect, test } from 'vitest';
import type { TicketStore } from '../../lib/adapters/live/ticket-store.ts';

const NOW = Date.UTC(2026, 10, 21);
const LATER = NOW + 60_000;

/** What every store of tickets has to keep to. */
export function describeTicketStore(open: () => Promise<TicketStore>): void {
  let store: TicketStore;
  beforeEach(async () => {
    store = await open();
    await store.put('one', LATER);
  });

  test('a ticket is taken once', async () => {
    expect(await store.take('one', NOW)).toBe(true);
    expect(await store.take('one', NOW)).toBe(false);
  });

  test('of two who take it at once, exactly one gets it', async () => {
    for (let round = 0; round < 5; round++) {
      await store.put(`round-${round}`, LATER);
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => store.take(`round-${round}`, NOW)));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
    }
  });

  test('one that nobody was given cannot be taken', async () => {
    expect(await store.take('other', NOW)).toBe(false);
    expect(await store.take('', NOW)).toBe(false);
    expect(await store.take('one', NOW)).toBe(true);
  });

  test('it can be taken until its time is over, to the millisecond', async () => {
    await store.put('two', LATER);
    expect(await store.take('one', LATER)).toBe(false);
    expect(await store.take('one', LATER + 60_000)).toBe(false);
    expect(await store.take('two', LATER - 1)).toBe(true);
  });

  test('tickets do not get in each other’s way', async () => {
    await store.put('two', LATER);
    expect(await store.take('two', NOW)).toBe(true);
    expect(await store.take('one', NOW)).toBe(true);
  });
}
