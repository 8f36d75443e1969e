export type LiveState = 'connecting' | 'live' | 'lost';

export interface LiveListener {
  readonly onItems: (items: readonly unknown[]) => void;
  /** Something may have been missed: ask the API. */
  readonly onGap: () => void;
}

interface LiveMessage {
  readonly topic: string;
  readonly items: readonly unknown[];
}

type LiveRequest =
  { readonly action: 'subscribe' | 'unsubscribe'; readonly topic: string } | { readonly action: 'ping' };

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
/** After this long a subscription is in force: what came before it is asked for. */
const SUBSCRIBED_WITHIN = 1500;
/** How often the API is asked instead while nothing is live. */
const ASK_EVERY = 10_000;
// API Gateway closes a connection on which nothing was said for ten minutes.
const PING_EVERY = 4 * 60_000;

/** One WebSocket for all of the page's subscriptions; it connects again by itself. */
export class LiveConnection {
  readonly #listeners = new Map<string, Set<LiveListener>>();
  readonly #onState = new Set<(state: LiveState) => void>();
  #socket: WebSocket | undefined;
  #state: LiveState = 'connecting';
  #wait = FIRST_WAIT;
  #asking: ReturnType<typeof setInterval> | undefined;

  get state(): LiveState {
    return this.#state;
  }

  watchState(listener: (state: LiveState) => void): () => void {
    this.#onState.add(listener);
    this.#connect();
    return () => this.#onState.delete(listener);
  }

  subscribe(topic: string, listener: LiveListener): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    if (listeners.size === 1) this.#subscribe(topic);
    this.#connect();
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.#listeners.delete(topic);
      this.#send({ action: 'unsubscribe', topic });
    };
  }

  #connect(): void {
    if (this.#socket !== undefined) return;
    const socket = new WebSocket(liveAddress());
    this.#socket = socket;
    const ping = setInterval(() => this.#send({ action: 'ping' }), PING_EVERY);
    socket.addEventListener('open', () => this.#opened());
    socket.addEventListener('message', ({ data }) => this.#read(String(data)));
    socket.addEventListener('close', () => {
      clearInterval(ping);
      this.#socket = undefined;
      this.#closed();
    });
  }

  #opened(): void {
    this.#wait = FIRST_WAIT;
    clearInterval(this.#asking);
    this.#asking = undefined;
    for (const topic of this.#listeners.keys()) this.#subscribe(topic);
    this.#tell('live');
  }

  #closed(): void {
    this.#tell('lost');
    this.#asking ??= setInterval(() => this.#askInstead(), ASK_EVERY);
    setTimeout(() => this.#connect(), this.#wait * (0.5 + Math.random()));
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  #subscribe(topic: string): void {
    if (!this.#send({ action: 'subscribe', topic })) return;
    setTimeout(() => this.#listeners.get(topic)?.forEach(({ onGap }) => onGap()), SUBSCRIBED_WITHIN);
  }

  #askInstead(): void {
    if (document.hidden) return;
    for (const listeners of this.#listeners.values()) listeners.forEach(({ onGap }) => onGap());
  }

  #send(request: LiveRequest): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(request));
    return true;
  }

  #read(text: string): void {
    const { topic, items } = JSON.parse(text) as Partial<LiveMessage>;
    if (topic === undefined || items === undefined) return;
    this.#listeners.get(topic)?.forEach(({ onItems }) => onItems(items));
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
