import type { ApiStores } from '../../lib/adapters/connect-api.ts';
import { LiveTickets } from '../../lib/adapters/live/live-tickets.ts';
import type { Answerers } from './answerers.ts';
import { clientAnswerers } from './clients.ts';
import { liveTicketAnswerers } from './live-tickets.ts';
import { networkAnswerers } from './networks.ts';
import { statsAnswerers } from './stats.ts';
import { transactionAnswerers } from './transactions.ts';

interface AnswererOptions extends ApiStores {
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How every route is answered from these stores. */
export function allAnswerers(options: AnswererOptions): Answerers {
  return {
    ...transactionAnswerers(options),
    ...networkAnswerers(options),
    ...clientAnswerers(options),
    ...statsAnswerers(options),
    ...liveTicketAnswerers(new LiveTickets({ store: options.tickets, now: options.now })),
  };
}
