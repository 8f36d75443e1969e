import { expect, test } from 'vitest';
import { isTicket, liveTicket, TICKET_SECONDS } from '../../../lib/core/live/ticket.ts';

test('a ticket is 43 characters of base64url', () => {
  expect(isTicket('-_aZ09'.padEnd(43, 'x'))).toBe(true);
  for (const other of [undefined, '', 'x'.repeat(42), 'x'.repeat(44), '='.padEnd(43, 'x'), `${'x'.repeat(43)}\n`]) {
    expect(isTicket(other)).toBe(false);
  }
});

test('the answer says for how long it is good', () => {
  expect(liveTicket.parse({ ticket: 'x', expires_in: TICKET_SECONDS })).toEqual({ ticket: 'x', expires_in: 60 });
});
