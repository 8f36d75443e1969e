import { useEffect, useState } from 'preact/hooks';
import type { FlaggedPurchaseAnswer } from '../../core/api/flagged-purchases.ts';
import type { SeriesPointAnswer } from '../../core/api/clients.ts';
import type { StoredTransactionAnswer } from '../../core/api/transactions.ts';

/** What can be subscribed to, and what then comes. */
export interface LiveTopics {
  readonly flagged: FlaggedPurchaseAnswer;
  readonly anomalies: StoredTransactionAnswer;
  readonly [client: `client:${string}`]: SeriesPointAnswer;
}

export type LiveState = 'connecting' | 'live' | 'lost';

interface LiveMessage {
  readonly topic: string;
  readonly items: readonly unknown[];
}

type Listener = (items: readonly unknown[]) => void;

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
// API Gateway closes a connection on which nothing was said for ten minutes.
const PING_EVERY = 4 * 60_000;

/** One WebSocket for all of the page's subscriptions; it connects again by itself. */
class LiveConnection {
  readonly #topics = new Map<string, Set<Listener>>();
  readonly #onState = new Set<(state: LiveState) => void>();
  readonly #onGap = new Set<() => void>();
  #socket: WebSocket | undefined;
  #state: LiveState = 'connecting';
  #wait = FIRST_WAIT;
  #wasLive = false;

  get state(): LiveState {
    return this.#state;
  }

  watchState(listener: (state: LiveState) => void): () => void {
    this.#onState.add(listener);
    this.#connect();
    return () => this.#onState.delete(listener);
  }

  /** `onGap` is called when something may have been missed: ask the API. */
  subscribe(topic: string, listener: Listener, onGap: () => void): () => void {
    const listeners = this.#topics.get(topic) ?? new Set();
    if (listeners.size === 0) this.#say('subscribe', topic);
    this.#topics.set(topic, listeners.add(listener));
    this.#onGap.add(onGap);
    this.#connect();
    return () => {
      listeners.delete(listener);
      this.#onGap.delete(onGap);
      if (listeners.size > 0) return;
      this.#topics.delete(topic);
      this.#say('unsubscribe', topic);
    };
  }

  #connect(): void {
    if (this.#socket !== undefined) return;
    const socket = new WebSocket(liveAddress());
    this.#socket = socket;
    const ping = setInterval(() => socket.send(JSON.stringify({ action: 'ping' })), PING_EVERY);
    socket.addEventListener('open', () => this.#opened());
    socket.addEventListener('message', ({ data }) => this.#read(String(data)));
    socket.addEventListener('close', () => {
      clearInterval(ping);
      this.#socket = undefined;
      this.#tell('lost');
      setTimeout(() => this.#connect(), this.#wait * (0.5 + Math.random()));
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    });
  }

  #opened(): void {
    this.#wait = FIRST_WAIT;
    for (const topic of this.#topics.keys()) this.#say('subscribe', topic);
    this.#tell('live');
    if (this.#wasLive) for (const onGap of this.#onGap) onGap();
    this.#wasLive = true;
  }

  #say(action: string, topic: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ action, topic }));
  }

  #read(text: string): void {
    const message = JSON.parse(text) as Partial<LiveMessage>;
    if (message.topic === undefined || message.items === undefined) return;
    for (const listener of this.#topics.get(message.topic) ?? []) listener(message.items);
  }

  #tell(state: LiveState): void {
    this.#state = state;
    for (const listener of this.#onState) listener(state);
  }
}

function liveAddress(): string {
  const address = new URL('/live', globalThis.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

const connection = new LiveConnection();

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
    () => connection.subscribe(topic, (items) => onItems(items as readonly LiveTopics[Topic][]), onGap),
    [topic, onItems, onGap],
  );
}
