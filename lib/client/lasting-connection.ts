import type { Clock } from './clock.ts';
import { Connection, type ConnectionEnd } from './connection.ts';
import { SeriesClosed } from './series-closed.ts';
import { PING } from './server-message.ts';
import type { SignUrl } from './sign-with-aws.ts';
import { pauseBefore, type Timing } from './timing.ts';

export interface Pause {
  /** How many times in a row connecting again is tried now, from 1. */
  readonly attempt: number;
  /** Milliseconds until then. */
  readonly pause: number;
  readonly reason: string;
}

export interface LastingConnectionOptions {
  /** Asked for each time it connects. */
  readonly url: () => string;
  /** Where it fails, that is as if the connection had been lost. */
  readonly sign: SignUrl;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether an answer is waited for. */
  readonly isWaiting: () => boolean;
  /** Called each time a connection is open. */
  readonly onOpen: () => void;
  readonly onMessage: (text: string) => void;
  readonly onPause: (pause: Pause) => void;
  /** Called when it will not come back. */
  readonly onGone: (closed: SeriesClosed) => void;
}

/** Statuses that may be others when the same is asked again. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);
/** A later connection of the same client is there already. */
const TAKEN_OVER_STATUS = 409;

/** A connection that comes back when it is lost, and is renewed before API Gateway ends it. */
export class LastingConnection {
  readonly #options: LastingConnectionOptions;
  #current: Connection | undefined;
  #openedAt: number | undefined;
  #sentAt = 0;
  #attempt = 0;
  #progressAt: number;
  #renewAfter = 0;
  #cancelTimer: () => void = () => undefined;
  /** The latest attempt to connect, unless it was given up while its address was being signed. */
  #attempting: symbol | undefined;

  constructor(options: LastingConnectionOptions) {
    this.#options = options;
    this.#progressAt = options.clock.now();
    this.#connect();
  }

  get isOpen(): boolean {
    return this.#openedAt !== undefined;
  }

  /** Sends, if the connection is open. */
  send(text: string): void {
    if (!this.isOpen) return;
    this.#sentAt = this.#options.clock.now();
    this.#current?.send(text);
  }

  /** To be called when an answer has come, and when the first one is waited for. */
  progress(): void {
    this.#progressAt = this.#options.clock.now();
    this.#attempt = 0;
    if (!this.#options.isWaiting() && this.#age > this.#renewAfter) this.#renew();
  }

  /** Gives the connection up for another one, after a pause. */
  giveUp(reason: string): void {
    this.#current?.fail(reason);
  }

  close(): void {
    this.#attempting = undefined;
    this.#cancelTimer();
    this.#openedAt = undefined;
    this.#current?.abandon();
    this.#current = undefined;
  }

  #connect(): void {
    const { url, sign } = this.#options;
    const attempt = Symbol('attempt');
    this.#attempting = attempt;
    sign(url())
      .then((signed) => this.#attempting === attempt && this.#connectTo(signed))
      .catch((error: unknown) => {
        if (this.#attempting === attempt) this.#lose({ kind: 'lost', reason: unsigned(error) });
      });
  }

  #connectTo(url: string): void {
    const { timing, onMessage } = this.#options;
    this.#current = new Connection({
      url,
      openWithin: timing.openWithin,
      onOpen: () => this.#open(),
      onMessage,
      onEnd: (end) => this.#lose(end),
    });
  }

  #open(): void {
    const { clock, timing, random, isWaiting, onOpen } = this.#options;
    this.#openedAt = clock.now();
    this.#sentAt = this.#openedAt;
    // Earlier by a random part, so that clients that came together are not renewed together.
    this.#renewAfter = timing.renewAfter * (1 - random() / 10);
    if (!isWaiting()) this.#progressAt = this.#openedAt;
    this.#scheduleBeat();
    onOpen();
  }

  #scheduleBeat(): void {
    const { clock, timing } = this.#options;
    this.#cancelTimer = clock.after(timing.beat, () => this.#beat());
  }

  #beat(): void {
    const { clock, timing, isWaiting } = this.#options;
    const now = clock.now();
    if (!isWaiting()) this.#progressAt = now;
    this.#attempt = 0;
    // With points always under way, no moment is good: then what is unanswered is sent again on the new connection.
    if (this.#age > this.#renewAfter + (isWaiting() ? timing.idle : 0)) return this.#renew();
    this.#scheduleBeat();
    if (now - Math.max(this.#progressAt, now - this.#age) > timing.answerWithin) {
      return this.giveUp(`there was no answer for ${Math.round(timing.answerWithin / 1000)} s`);
    }
    if (now - this.#sentAt > timing.idle) this.send(PING);
    this.#current?.lookAfter();
  }

  get #age(): number {
    return this.#openedAt === undefined ? 0 : this.#options.clock.now() - this.#openedAt;
  }

  #renew(): void {
    this.close();
    this.#connect();
  }

  #lose(end: ConnectionEnd): void {
    this.close();
    const { kind, reason } = end;
    if (kind === 'refused' && isFinal(end.status)) return this.#options.onGone(refusal(end.status, reason));
    const { clock, timing, random, onPause, onGone } = this.#options;
    const why = kind === 'refused' ? `the server refuses to connect (${end.status}): ${reason}` : reason;
    const silence = clock.now() - this.#progressAt;
    if (silence > timing.giveUpAfter) {
      return onGone(new SeriesClosed('gave up', `no answer for ${Math.round(silence / 1000)} s; at last, ${why}`));
    }
    this.#attempt++;
    const pause = pauseBefore(this.#attempt, timing, random);
    this.#cancelTimer = clock.after(pause, () => this.#connect());
    onPause({ attempt: this.#attempt, pause, reason: why });
  }
}

function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && !PASSING_STATUSES.has(status);
}

function refusal(status: number, reason: string): SeriesClosed {
  if (status === TAKEN_OVER_STATUS) return new SeriesClosed('taken over', reason, status);
  return new SeriesClosed('refused', `the server refuses the client (${status}): ${reason}`, status);
}

function unsigned(error: unknown): string {
  return `the address cannot be signed: ${error instanceof Error ? error.message : String(error)}`;
}
