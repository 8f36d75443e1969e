import { useEffect, useState } from 'preact/hooks';
import type { FlaggedPurchaseAnswer } from '../../core/api/flagged-purchases.ts';
import type { SeriesPointAnswer } from '../../core/api/clients.ts';
import type { StoredTransactionAnswer } from '../../core/api/transactions.ts';
import { ask } from './api.ts';
import { LiveConnection, type LiveState } from './live-connection.ts';

/** What can be subscribed to, and what then comes: oldest first, as it came to be. */
export interface LiveTopics {
  readonly flagged: FlaggedPurchaseAnswer;
  readonly anomalies: StoredTransactionAnswer;
  readonly [client: `client:${string}`]: SeriesPointAnswer;
}

const connection = new LiveConnection({ open: openLive, isHidden: () => document.hidden });

/** A browser can send a WebSocket no header, but an address with a ticket, which is good once. */
async function openLive(): Promise<WebSocket> {
  const { ticket } = await ask({ route: 'liveTicket' });
  const address = new URL('/live', globalThis.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('ticket', ticket);
  return new WebSocket(address);
}

export function useLiveState(): LiveState {
  const [state, setState] = useState(connection.state);
  useEffect(() => connection.watchState(setState), []);
  return state;
}

/** Hands on what comes on a topic; `onGap` when something may have been missed. Both must keep their identity. */
export function useLive<Topic extends keyof LiveTopics>(
  topic: Topic,
  onItems: (items: readonly LiveTopics[Topic][]) => void,
  onGap: () => void,
): void {
  useEffect(
    () => connection.subscribe(topic, { onItems: (items) => onItems(items as readonly LiveTopics[Topic][]), onGap }),
    [topic, onItems, onGap],
  );
}
