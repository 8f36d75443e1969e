import type { Actor, Offer } from '../world/actor.ts';
import type { Clock } from '../world/clock.ts';
import type { Draws } from '../world/draws.ts';
import type { Lambda } from '../world/lambda.ts';
import type { Trace } from '../world/trace.ts';
import type { PlannedClient } from './scenario.ts';
import type { SimulatedSockets, SocketPeer } from './simulated-sockets.ts';

export interface SimulatedClientOptions {
  readonly plan: PlannedClient;
  readonly draws: Draws;
  readonly clock: Clock;
  readonly lambda: Lambda;
  readonly sockets: SimulatedSockets;
  readonly trace: Trace;
  readonly nextConnectionId: () => string;
}

export interface HeardAnswer {
  readonly sequence?: number;
  readonly timestamp?: number;
  readonly error?: string;
  readonly anomaly?: boolean;
  readonly alert?: boolean;
  readonly score?: number;
  readonly late?: boolean;
}

/** What the server may say: an answer, those to a list, or something else. */
interface Heard extends HeardAnswer {
  readonly answers?: readonly HeardAnswer[];
  readonly code?: string;
}

interface OpenConnection {
  readonly id: string;
  readonly openedAt: number;
  /** Sent and not delivered to the function yet: they overtake each other. */
  readonly underWay: string[];
  /** The number from which on answers are due in order. */
  due: number;
}

/** So long without an answer, and a client gives its connection up. */
const PATIENCE_MS = 10_000;
const LONGEST_TURN_MS = 5000;

/** A program that streams a series, and API Gateway between it and the function. */
export class SimulatedClient implements Actor {
  readonly plan: PlannedClient;
  /** By place, the first answer that was heard. */
  readonly answers: (HeardAnswer | undefined)[];
  readonly faults: string[] = [];
  readonly #options: SimulatedClientOptions;
  #connection: OpenConnection | undefined;
  #isConnecting = false;
  #connections = 0;
  #sent = 0;
  #heardAt = 0;
  /** Told of ended connections later than they end, or never. */
  readonly #goodbyes: string[] = [];
  #isRetired = false;
  #calmSince = Infinity;

  constructor(options: SimulatedClientOptions) {
    this.#options = options;
    this.plan = options.plan;
    this.answers = options.plan.messages.map(() => undefined);
  }

  get isDone(): boolean {
    return this.#isRetired || this.answers.every((answer) => answer !== undefined);
  }

  offers(isCalm: boolean): Offer[] {
    if (isCalm) this.#calmSince = Math.min(this.#calmSince, this.#options.clock.now);
    const connection = this.#connection;
    const goodbyes = this.#goodbyes.map((id) => ({ weight: 0.1, run: () => this.#sayGoodbye(id, isCalm) }));
    if (this.#isConnecting) return goodbyes;
    if (connection === undefined) {
      return this.isDone ? goodbyes : [...goodbyes, { weight: 0.5, run: () => this.#connect() }];
    }
    const deliveries = connection.underWay.map((text) => ({ weight: 0.4, run: () => this.#deliver(connection, text) }));
    return [
      ...goodbyes,
      ...deliveries,
      { weight: this.#mayAsk() ? 0.5 : 0, run: () => this.#send(connection) },
      { weight: !this.isDone && this.#isTooLong() ? 0.3 : 0, run: () => this.#loseHope(connection) },
      { weight: isCalm || this.isDone ? 0 : 0.01, run: () => this.#leave('it likes to') },
    ];
  }

  get #answered(): number {
    const first = this.answers.indexOf(undefined);
    return first < 0 ? this.answers.length : first;
  }

  #mayAsk(): boolean {
    const { isNumbered, isAlone, mostUnanswered } = this.plan;
    const underWay = this.#sent - this.#answered;
    return this.#sent < this.answers.length && underWay < (isNumbered && !isAlone ? mostUnanswered : 1);
  }

  #isTooLong(): boolean {
    return this.#options.clock.now - this.#heardAt > PATIENCE_MS;
  }

  #connect(): void {
    const { client, source, windows, isNumbered } = this.plan;
    const { lambda, clock, sockets, trace, nextConnectionId } = this.#options;
    const id = nextConnectionId();
    const openedAt = clock.now;
    const window = windows[Math.min(this.#connections++, windows.length - 1)];
    // Without a source, numbers begin anew with each connection.
    const first = isNumbered ? { first: String(this.#answered + 1) } : {};
    const query = { client_id: client, window: String(window), ...(source !== undefined && { source }), ...first };
    trace.note(() => `${client} connects as ${id}: ${JSON.stringify(query)}`);
    this.#isConnecting = true;
    lambda.invoke('series', eventOf('$connect', id, { openedAt, queryStringParameters: query }), (outcome) => {
      this.#isConnecting = false;
      const status = outcome.type === 'returned' ? (outcome.value as { statusCode: number }).statusCode : 500;
      if (status !== 200) return;
      this.#sent = this.#answered;
      this.#heardAt = clock.now;
      this.#connection = { id, openedAt, underWay: [], due: this.#answered + 1 };
      sockets.open(id, this.#peerOf(this.#connection));
    });
  }

  #peerOf(connection: OpenConnection): SocketPeer {
    return {
      hear: (text) => this.#hear(connection, JSON.parse(text) as Heard),
      end: () => {
        if (this.#connection === connection) this.#leave('the server has closed');
      },
    };
  }

  #send(connection: OpenConnection): void {
    const { isNumbered, isAlone, mostPoints, mostUnanswered, messages } = this.plan;
    const { draws } = this.#options;
    const room = mostUnanswered - (this.#sent - this.#answered);
    const count = Math.min(draws.integer(1, mostPoints), room, messages.length - this.#sent);
    const points = messages.slice(this.#sent, this.#sent + count).map((message, place) => {
      return Object.assign(isNumbered ? { sequence: this.#sent + place + 1 } : {}, message);
    });
    this.#sent += count;
    const content = count > 1 || (mostPoints > 1 && draws.chance(0.5)) ? { points } : points[0];
    connection.underWay.push(JSON.stringify({ ...content, ...(isAlone && { alone: true }) }));
  }

  #deliver(connection: OpenConnection, text: string): void {
    const { lambda, trace } = this.#options;
    connection.underWay.splice(connection.underWay.indexOf(text), 1);
    trace.note(() => `${connection.id} brings ${text}`);
    const event = eventOf('$default', connection.id, { openedAt: connection.openedAt, body: text });
    lambda.invoke('series', event, () => undefined);
  }

  #hear(connection: OpenConnection, heard: Heard): void {
    if (this.#connection !== connection) return;
    this.#options.trace.note(() => `${connection.id} hears ${JSON.stringify(heard)}`);
    if (heard.code === 'taken-over') {
      // Of two programs with one name, the one that is told lets the other one be.
      this.#isRetired = this.plan.source === undefined || this.#options.draws.chance(0.5);
      return;
    }
    for (const answer of heard.answers ?? [heard]) this.#takeAnswer(connection, answer);
  }

  #takeAnswer(connection: OpenConnection, answer: HeardAnswer): void {
    const place = this.plan.isNumbered ? (answer.sequence ?? 0) - 1 : this.#answered;
    if (place < 0 || place >= this.answers.length) return;
    if (!this.plan.isNumbered && !this.#isAnswerTo(place, answer)) return;
    this.#heardAt = this.#options.clock.now;
    this.#expectOrder(connection, place + 1);
    this.answers[place] ??= answer;
  }

  /** Whoever sends one after the other can hear an older answer again. */
  #isAnswerTo(place: number, { timestamp }: HeardAnswer): boolean {
    return this.plan.messages[place]?.timestamp === timestamp;
  }

  #expectOrder(connection: OpenConnection, sequence: number): void {
    if (!this.plan.isNumbered || sequence < connection.due) return;
    if (sequence > connection.due)
      this.faults.push(`${connection.id}: ${sequence} was answered, and ${connection.due} was due`);
    connection.due = sequence + 1;
  }

  /** A turn that a crash has left is over by then: after that, nobody may be left without an answer. */
  #loseHope(connection: OpenConnection): void {
    if (connection.openedAt > this.#calmSince + LONGEST_TURN_MS) {
      this.faults.push(`${connection.id} was left without an answer though nothing goes wrong`);
    }
    this.#leave('no answer');
  }

  /** The connection ends; the function may learn of it late, or never. What was under way may still arrive. */
  #leave(reason: string): void {
    const { draws, sockets, trace } = this.#options;
    const connection = this.#connection;
    if (connection === undefined) return;
    trace.note(() => `${connection.id} ends: ${reason}`);
    sockets.forget(connection.id);
    this.#connection = undefined;
    if (draws.chance(0.8)) this.#goodbyes.push(connection.id);
    for (const text of draws.some(connection.underWay)) this.#deliver(connection, text);
  }

  #sayGoodbye(id: string, isCalm: boolean): void {
    this.#goodbyes.splice(this.#goodbyes.indexOf(id), 1);
    this.#options.lambda.invoke('series', eventOf('$disconnect', id, { openedAt: 0 }), ({ type }) => {
      // API Gateway does its best, and no more.
      if (type !== 'returned' && isCalm) this.faults.push(`${id} could not be ended though nothing goes wrong`);
    });
  }
}

function eventOf(
  routeKey: string,
  connectionId: string,
  { openedAt, ...rest }: { readonly openedAt: number; readonly [field: string]: unknown },
): object {
  return { requestContext: { routeKey, connectionId, connectedAt: openedAt }, isBase64Encoded: false, ...rest };
}
