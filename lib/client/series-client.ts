import { EventEmitter } from 'node:events';
import { REAL_CLOCK, type Clock } from './clock.ts';
import { LastingConnection, type Pause } from './lasting-connection.ts';
import type { NumberedPoint, SeriesAnswer, SeriesPoint, SeriesRefusal } from './point.ts';
import type { SignUrl } from './sign-with-aws.ts';
import { SeriesClosed } from './series-closed.ts';
import { pointsMessage, readServerMessage } from './server-message.ts';
import { USUAL_TIMING, type Timing } from './timing.ts';
import { UnansweredPoints, type SettledPoint } from './unanswered-points.ts';

export interface SeriesClientOptions {
  /** Where the series are, such as `ws://127.0.0.1:3000/series`. */
  readonly url: string;
  readonly clientId: string;
  /** The number of previous points that a point is judged against. */
  readonly window: number;
  /** A name for this run of numbers: with the same one, a number that the server has answered before is not stored again. */
  readonly source?: string;
  /** The number of the first point; by default 1. */
  readonly firstSequence?: number;
  /** The most points without an answer at a time; by default 200. One message is under way, and what comes meanwhile goes into the next. */
  readonly mostUnanswered?: number;
  /** Makes the address one with which the client is let in; asked each time it connects. `signWithAws` makes one for AWS. */
  readonly sign?: SignUrl;
  readonly timing?: Partial<Timing>;
  readonly clock?: Clock;
  /** Gives numbers from 0 to before 1. */
  readonly random?: () => number;
}

export interface SeriesEvents {
  /** A connection is open; the first one, or another. */
  connected: [];
  /** A point goes out for the first time, or, after a connection was lost, again. */
  sent: [point: NumberedPoint];
  /** The answers come in the order of the points, each once. */
  answer: [answer: SeriesAnswer];
  /** After `answer`, for an answer that says that an anomalous episode begins. */
  alert: [answer: SeriesAnswer];
  /** Instead of `answer`, in its place. */
  refused: [refusal: SeriesRefusal];
  /** The connection is lost, and what is unanswered will be sent on another. */
  reconnecting: [pause: Pause];
  /** The last event. */
  closed: [reason: SeriesClosed];
}

interface WaitingPoint {
  readonly point: SeriesPoint;
  readonly resolve: (sequence: number) => void;
  readonly reject: (reason: SeriesClosed) => void;
}

const USUAL_MOST_UNANSWERED = 200;
const UNSIGNED: SignUrl = async (url) => url;

/**
 * Streams the points of one series and gets them judged. Connects at once, and again whenever the connection is lost: no
 * point is lost, and none is handed out twice.
 */
export class SeriesClient extends EventEmitter<SeriesEvents> {
  readonly #clock: Clock;
  readonly #mostUnanswered: number;
  readonly #connection: LastingConnection;
  readonly #unanswered = new UnansweredPoints();
  readonly #waiting: WaitingPoint[] = [];
  #nextSequence: number;
  #closed: SeriesClosed | undefined;
  #isEnding = false;

  constructor(options: SeriesClientOptions) {
    super();
    const {
      clock = REAL_CLOCK,
      random = Math.random,
      mostUnanswered = USUAL_MOST_UNANSWERED,
      sign = UNSIGNED,
    } = options;
    this.#clock = clock;
    this.#mostUnanswered = mostUnanswered;
    this.#nextSequence = options.firstSequence ?? 1;
    this.#connection = new LastingConnection({
      url: () => connectionUrl(options, this.#unanswered.first ?? this.#nextSequence),
      sign,
      timing: { ...USUAL_TIMING, ...options.timing },
      clock,
      random,
      isWaiting: () => this.unanswered > 0,
      onOpen: () => this.#sendAgain(),
      onMessage: (text) => this.#read(text),
      onPause: (pause) => this.emit('reconnecting', pause),
      onGone: (closed) => this.#close(closed),
    });
  }

  /** How many points have no answer yet. */
  get unanswered(): number {
    return this.#unanswered.size;
  }

  /**
   * Takes a point as soon as there is room for another one without an answer, in the order of the calls; gives its number.
   * @throws TypeError if its value is no finite number
   * @throws SeriesClosed
   */
  async send(point: SeriesPoint): Promise<number> {
    if (!Number.isFinite(point.value)) throw new TypeError(`a value must be a finite number (given ${point.value})`);
    if (this.#closed !== undefined) throw this.#closed;
    if (this.#isEnding) throw new SeriesClosed('ended', 'the client has been ended');
    if (this.#hasRoom) {
      const sequence = this.#take(point);
      this.#sendNext();
      return sequence;
    }
    return new Promise((resolve, reject) => this.#waiting.push({ point, resolve, reject }));
  }

  /** Waits for what is under way to be answered, and closes. @throws SeriesClosed if it was closed for another reason */
  async end(): Promise<void> {
    this.#isEnding = true;
    this.#endIfDone();
    const closed = this.#closed ?? (await new Promise<SeriesClosed>((resolve) => this.once('closed', resolve)));
    if (closed.reason !== 'ended') throw closed;
  }

  /** Closes at once, whatever has no answer. */
  close(): void {
    this.#close(new SeriesClosed('ended', 'the client has been closed'));
  }

  get #hasRoom(): boolean {
    return this.#unanswered.size < this.#mostUnanswered && this.#waiting.length === 0;
  }

  #take({ timestamp, value }: SeriesPoint): number {
    const point = { sequence: this.#nextSequence++, timestamp, value };
    this.#unanswered.add(point, this.#clock.now());
    if (this.#unanswered.size === 1) this.#connection.progress();
    return point.sequence;
  }

  /** With one message under way, single points go at once as long as answers come fast, and more at a time when they do not. */
  #sendNext(): void {
    if (!this.#connection.isOpen) return;
    const points = this.#unanswered.takeNext();
    if (points.length === 0) return;
    // Told first: who writes down what was sent must not miss what then is answered.
    for (const point of points) this.emit('sent', point);
    this.#connection.send(pointsMessage(points));
  }

  #sendAgain(): void {
    this.emit('connected');
    this.#unanswered.loseUnderWay();
    this.#sendNext();
  }

  #read(text: string): void {
    const message = readServerMessage(text);
    switch (message.kind) {
      case 'outcomes':
        return this.#settle(
          message.outcomes.flatMap(({ sequence, outcome }) => this.#unanswered.settle(sequence, outcome)),
        );
      case 'taken over':
        return this.#close(new SeriesClosed('taken over', message.reason));
      case 'trouble':
        return this.#connection.giveUp(`the server is in trouble: ${message.reason}`);
      case 'sign of life':
    }
  }

  #settle(points: readonly SettledPoint[]): void {
    if (points.length > 0) this.#connection.progress();
    for (const point of points) this.#handOut(point);
    this.#takeWaiting();
    this.#sendNext();
    this.#endIfDone();
  }

  #takeWaiting(): void {
    while (this.#unanswered.size < this.#mostUnanswered) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      next.resolve(this.#take(next.point));
    }
  }

  #handOut({ point, since, outcome }: SettledPoint): void {
    if (outcome.kind === 'refusal') {
      this.emit('refused', { ...point, reason: outcome.reason });
      return;
    }
    const { kind: _, ...verdict } = outcome;
    const answer = { ...point, ...verdict, waited: this.#clock.now() - since };
    this.emit('answer', answer);
    if (answer.alert) this.emit('alert', answer);
  }

  #endIfDone(): void {
    if (this.#isEnding && this.#unanswered.size === 0) this.#close(new SeriesClosed('ended', 'all is answered'));
  }

  #close(closed: SeriesClosed): void {
    if (this.#closed !== undefined) return;
    this.#closed = closed;
    this.#connection.close();
    for (const { reject } of this.#waiting.splice(0)) reject(closed);
    this.emit('closed', closed);
  }
}

/** `first` is the lowest number without an answer: the server, if it knows nothing of the source, waits for no lower one. */
function connectionUrl({ url, clientId, window, source }: SeriesClientOptions, first: number): string {
  const address = new URL(url);
  const parameters = { client_id: clientId, window, ...(source !== undefined && { source }), first };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, String(value));
  return address.href;
}
