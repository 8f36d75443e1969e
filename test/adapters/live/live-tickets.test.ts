import { expect, test } from 'vitest';
import { LiveTickets } from '../../../lib/adapters/live/live-tickets.ts';
import { MemoryTicketStore } from '../../../lib/adapters/live/memory-ticket-store.ts';
import { isTicket } from '../../../lib/core/live/ticket.ts';

function tickets(store = new MemoryTicketStore()) {
  const clock = { now: Date.UTC(2026, 10, 21) };
  return { clock, store, desk: new LiveTickets({ store, now: () => clock.now }) };
}

test('a ticket opens once, within a minute', async () => {
  const { desk, clock } = tickets();
  const [used, late, fresh] = [await desk.give(), await desk.give(), await desk.give()];
  expect([await desk.take(used), await desk.take(used)]).toEqual([true, false]);
  clock.now += 59_999;
  expect(await desk.take(fresh)).toBe(true);
  clock.now += 1;
  expect(await desk.take(late)).toBe(false);
});

test('each is 256 random bits', async () => {
  const { desk } = tickets();
  const given = await Promise.all(Array.from({ length: 50 }, () => desk.give()));
  expect(new Set(given).size).toBe(50);
  for (const ticket of given) {
    expect(isTicket(ticket)).toBe(true);
    expect(Buffer.from(ticket, 'base64url')).toHaveLength(32);
  }
});

test('a forged one opens nothing, and most are seen through without asking the store', async () => {
  const { desk, store } = tickets();
  const ticket = await desk.give();
  const asked: string[] = [];
  const watched = new LiveTickets({
    store: {
      put: async () => undefined,
      take: async (hash, now) => (asked.push(hash), store.take(hash, now)),
    },
    now: () => 0,
  });
  const changed = `${ticket.slice(0, -2)}${ticket.endsWith('AA') ? 'BB' : 'AA'}`;
  for (const forged of [undefined, '', ' ', `${ticket}A`, ticket.slice(1), `${ticket.slice(1)}=`, 'é'.repeat(43)]) {
    expect(await watched.take(forged)).toBe(false);
  }
  expect(asked).toEqual([]);
  expect(await watched.take(changed)).toBe(false);
  expect(asked).toHaveLength(1);
  expect(asked[0]).not.toContain(changed);
  expect(await watched.take(ticket)).toBe(true);
});
