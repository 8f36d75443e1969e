export type LiveState = 'connecting' | 'live' | 'lost';

export interface LiveListener {
  readonly onItems: (items: readonly unknown[]) => void;
  /** Something may have been missed: ask the API. */
  readonly onGap: () => void;
}

/** What comes: what is new, that a subscription is in force or has ended, or that something went wrong at the other end. */
interface LiveMessage {
  readonly topic?: string;
  readonly items?: readonly unknown[];
  readonly subscribed?: string;
  readonly unsubscribed?: string;
  /** From API Gateway itself, which has the connection but not its function. */
  readonly message?: string;
}

type LiveRequest =
  { readonly action: 'subscribe' | 'unsubscribe'; readonly topic: string } | { readonly action: 'ping' };

/** The part of a WebSocket that is used. */
export interface LiveSocket {
  readonly readyState: number;
  addEventListener(type: 'open' | 'close', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  send(text: string): void;
  close(): void;
}

export interface LiveConnectionOptions {
  /** Opens a WebSocket, which has to be allowed first. */
  readonly open: () => Promise<LiveSocket>;
  /** Whether nobody looks at the page. */
  readonly isHidden: () => boolean;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
/** How often the API is asked instead while nothing is live. */
const ASK_EVERY = 10_000;
// API Gateway closes a connection on which nothing was said for ten minutes.
const PING_EVERY = 4 * 60_000;
const OPEN = 1;

/** One WebSocket for all of the page's subscriptions; it connects again by itself. */
export class LiveConnection {
  readonly #options: LiveConnectionOptions;
  readonly #listeners = new Map<string, Set<LiveListener>>();
  readonly #onState = new Set<(state: LiveState) => void>();
  #isConnecting = false;
  #socket: LiveSocket | undefined;
  #state: LiveState = 'connecting';
  #wait = FIRST_WAIT;
  #asking: ReturnType<typeof setInterval> | undefined;

  constructor(options: LiveConnectionOptions) {
    this.#options = options;
  }

  get state(): LiveState {
    return this.#state;
  }

  watchState(listener: (state: LiveState) => void): () => void {
    this.#onState.add(listener);
    void this.#connect();
    return () => this.#onState.delete(listener);
  }

  subscribe(topic: string, listener: LiveListener): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    // Whoever joins a subscription that is in force may have asked the API before it was.
    this.#send({ action: 'subscribe', topic });
    void this.#connect();
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.#listeners.delete(topic);
      this.#send({ action: 'unsubscribe', topic });
    };
  }

  async #connect(): Promise<void> {
    if (this.#isConnecting || this.#socket !== undefined) return;
    this.#isConnecting = true;
    try {
      this.#use(await this.#options.open());
    } catch {
      // Not allowed now, or not reached: as if it had been closed.
      this.#closed();
    } finally {
      this.#isConnecting = false;
    }
  }

  #use(socket: LiveSocket): void {
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
    clearInterval(this.#asking);
    this.#asking = undefined;
    for (const topic of this.#listeners.keys()) this.#send({ action: 'subscribe', topic });
    this.#tell('live');
  }

  #closed(): void {
    this.#tell('lost');
    this.#asking ??= setInterval(() => this.#askInstead(), ASK_EVERY);
    setTimeout(() => void this.#connect(), this.#wait * (0.5 + Math.random()));
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  #askInstead(): void {
    if (this.#options.isHidden()) return;
    for (const topic of this.#listeners.keys()) this.#tellGap(topic);
  }

  #send(request: LiveRequest): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(request));
  }

  #read(text: string): void {
    const { topic, items, subscribed, unsubscribed, message } = JSON.parse(text) as LiveMessage;
    if (topic !== undefined && items !== undefined) {
      this.#listeners.get(topic)?.forEach(({ onItems }) => onItems(items));
    }
    // What came to be before now was told to nobody, and what comes from now on is.
    if (subscribed !== undefined) {
      this.#wait = FIRST_WAIT;
      this.#tellGap(subscribed);
    }
    // Requests can overtake each other: the end of the last page's subscription, that of the next one.
    if (unsubscribed !== undefined && this.#listeners.has(unsubscribed)) {
      this.#send({ action: 'subscribe', topic: unsubscribed });
    }
    // Perhaps a subscription that nobody will confirm: all of them are tried again, after a while.
    if (message !== undefined) this.#socket?.close();
  }

  #tellGap(topic: string): void {
    this.#listeners.get(topic)?.forEach(({ onGap }) => onGap());
  }

  #tell(state: LiveState): void {
    this.#state = state;
    for (const listener of this.#onState) listener(state);
  }
}
