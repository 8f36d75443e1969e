import type { LiveTickets } from '../../lib/adapters/live/live-tickets.ts';
import { TICKET_SECONDS } from '../../lib/core/live/ticket.ts';
import type { AnswerersOf } from './answerers.ts';

/** Whoever may ask is let in: the API has been told who it is before it comes here. */
export function liveTicketAnswerers(tickets: Pick<LiveTickets, 'give'>): AnswerersOf<'liveTicket'> {
  return { liveTicket: async () => ({ ticket: await tickets.give(), expires_in: TICKET_SECONDS }) };
}
