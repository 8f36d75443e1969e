import { SeriesRoutes, type SeriesOptions } from '../../../functions/series/series.ts';
import { ApiGatewayConnections } from '../../../lib/adapters/sockets/api-gateway-connections.ts';
import { DynamoSeriesStore } from '../../../lib/adapters/series/dynamo-series-store.ts';
import type { SocketEvent } from '../../../lib/adapters/sockets/socket-event.ts';
import type { Item } from '../services/expressions.ts';
import { SimulatedDynamo } from '../services/simulated-dynamo.ts';
import type { Offer } from '../world/actor.ts';
import { Clock } from '../world/clock.ts';
import type { Draws } from '../world/draws.ts';
import { Faults } from '../world/faults.ts';
import { Lambda, type Handler } from '../world/lambda.ts';
import type { Sandbox } from '../world/sandbox.ts';
import type { Trace } from '../world/trace.ts';
import { Wire, type Command, type SimulatedService } from '../world/wire.ts';
import type { SeriesScenario } from './scenario.ts';
import { SimulatedClient } from './simulated-client.ts';
import { SimulatedSockets } from './simulated-sockets.ts';

/** A planted mistake changes what the function is made of. */
export type Tamper = (options: SeriesOptions) => SeriesOptions;

export interface SeriesWorldOptions {
  readonly draws: Draws;
  readonly trace: Trace;
  readonly scenario: SeriesScenario;
  readonly tamper: Tamper;
}

export const TABLE = 'series';

const MOST_FAULTS = 60;
const MOST_STORMY_STEPS = 4000;
const MOST_CALM_STEPS = 20_000;
const PAUSES_MS = [1000, 4000, 20_000, 12 * 60_000];

/** Clients that stream, the function that answers them, and all that can go wrong between. */
export class SeriesWorld {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly wire: Wire;
  readonly lambda: Lambda;
  readonly dynamo: SimulatedDynamo;
  readonly sockets = new SimulatedSockets();
  readonly clients: readonly SimulatedClient[];
  /** All items that were ever stored, in the order in which they were. */
  readonly putItems: Item[] = [];
  steps = 0;
  readonly #options: SeriesWorldOptions;
  #connections = 0;

  constructor(options: SeriesWorldOptions) {
    this.#options = options;
    const { draws, trace, scenario } = options;
    this.clock = new Clock(draws);
    this.faults = new Faults(draws, draws.integer(0, MOST_FAULTS));
    const base = { draws, trace, clock: this.clock, faults: this.faults };
    this.wire = new Wire(base);
    this.dynamo = new SimulatedDynamo({ ...base, onPut: (item) => this.putItems.push(item) });
    this.lambda = new Lambda({ ...base, wire: this.wire, start: (_, sandbox) => this.#start(sandbox) });
    this.clients = scenario.clients.map((plan) => {
      const nextConnectionId = (): string => `c${++this.#connections}`;
      return new SimulatedClient({ ...base, plan, lambda: this.lambda, sockets: this.sockets, nextConnectionId });
    });
  }

  /** Until every message is answered, and nothing is under way. */
  async run(): Promise<void> {
    while (!this.faults.isCalm && this.steps < MOST_STORMY_STEPS) {
      if (!(await this.#step(false))) break;
      if (this.clients.every(({ isDone }) => isDone) && this.#options.draws.chance(0.05)) break;
    }
    this.faults.calm();
    this.#options.trace.note(() => 'from here on nothing goes wrong');
    const last = this.steps + MOST_CALM_STEPS;
    while (await this.#step(true)) {
      if (this.steps > last)
        throw new Error(`nothing goes wrong, and yet it does not end within ${MOST_CALM_STEPS} steps`);
    }
  }

  async #step(isCalm: boolean): Promise<boolean> {
    await codeToWait();
    this.lambda.enforceTimeouts();
    this.steps++;
    this.clock.tick();
    const offers = [
      ...this.wire.offers(),
      ...this.clients.flatMap((client) => client.offers(isCalm)),
      ...this.#disturbances(isCalm),
    ].filter(({ weight }) => weight > 0);
    if (offers.length === 0) return this.#wait();
    this.#options.draws.weighted(offers).run();
    return true;
  }

  /** Clients that have nothing to do but wait: time passes. */
  #wait(): boolean {
    if (this.clients.every(({ isDone }) => isDone)) return false;
    this.clock.advanceTo(this.clock.now + 1000);
    return true;
  }

  #disturbances(isCalm: boolean): Offer[] {
    if (isCalm) return [];
    const { draws } = this.#options;
    return [
      { weight: this.lambda.running.size > 0 ? 0.5 : 0, run: () => this.#kill() },
      { weight: 0.05, run: () => this.clock.advanceTo(this.clock.now + draws.pick(PAUSES_MS)) },
      { weight: 0.05, run: () => this.#expire() },
    ];
  }

  #kill(): void {
    if (!this.faults.strikes('killed')) return;
    this.lambda.kill(this.#options.draws.pick([...this.lambda.running]), 'it crashes');
  }

  /** What is past its time goes at any moment. */
  #expire(): void {
    const old = this.dynamo.items(TABLE).filter(({ x }) => Number(x?.N) * 1000 <= this.clock.now);
    for (const item of this.#options.draws.some(old)) this.dynamo.expire(TABLE, item);
  }

  #start(sandbox: Sandbox): Handler {
    const { draws, scenario, tamper } = this.#options;
    const client = (service: SimulatedService) => ({
      send: (command: { readonly input: object }) =>
        this.wire.send(sandbox, service, { name: command.constructor.name, input: command.input as Command['input'] }),
    });
    const sleep = async (milliseconds: number): Promise<void> => this.wire.sleep(sandbox, milliseconds);
    const store = new DynamoSeriesStore({
      client: client(this.dynamo) as never,
      table: TABLE,
      sleep,
      random: () => draws.unit(),
    });
    const routes = new SeriesRoutes(
      tamper({
        store,
        connections: new ApiGatewayConnections(client(this.sockets) as never),
        limits: 'textbook',
        keptMs: scenario.keptMs,
        mostValues: 1_000_000,
        now: () => this.clock.now,
        sleep,
        newToken: () =>
          draws
            .below(2 ** 40)
            .toString(36)
            .padStart(8, '0'),
      }),
    );
    return async (event: SocketEvent) => routes.handle(event);
  }
}

function codeToWait(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
