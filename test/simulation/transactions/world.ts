import { clientsOf, type Clients } from '../application/clients.ts';
import type { Item } from '../services/expressions.ts';
import { GivenUp } from '../redrive/given-up.ts';
import { Redriver } from '../redrive/redriver.ts';
import { SimulatedDynamo } from '../services/simulated-dynamo.ts';
import { SimulatedKinesis } from '../services/simulated-kinesis.ts';
import { SimulatedS3, type StoredObject } from '../services/simulated-s3.ts';
import type { Actor, Offer } from '../world/actor.ts';
import { Clock } from '../world/clock.ts';
import type { Draws } from '../world/draws.ts';
import { Faults } from '../world/faults.ts';
import { Lambda, type Handler } from '../world/lambda.ts';
import { Outage } from '../world/outage.ts';
import { Producer } from '../world/planned-work.ts';
import type { Sandbox } from '../world/sandbox.ts';
import { ShardPoller } from '../world/shard-poller.ts';
import type { Trace } from '../world/trace.ts';
import { Wire } from '../world/wire.ts';
import type { Conditions } from '../world/world.ts';
import { TransactionDisturbances } from './disturbances.ts';
import { JOURNAL_BUCKET, PROFILE_TABLE, TRANSACTION_TABLE } from './names.ts';
import type { TransactionScenario } from './scenario.ts';

export interface TransactionWorldOptions {
  readonly draws: Draws;
  readonly trace: Trace;
  readonly scenario: TransactionScenario;
  readonly start: (functionName: string, sandbox: Sandbox, world: TransactionWorld) => Handler;
  readonly conditions?: Conditions;
  /** Whether Lambda gives up on batches, which somebody puts back. */
  readonly givesUp?: boolean;
}

/** An item as it was put, and when. */
export interface PutItem {
  readonly table: string;
  readonly item: Item;
  readonly at: number;
}

export interface PutObject extends StoredObject {
  readonly bucket: string;
}

const OUTAGE_MS = 10 * 60_000;
const MOST_FAULTS = 60;
const MOST_STORMY_STEPS = 4_000;
const MOST_CALM_STEPS = 10_000;

/** Everything there is beside the functions under test; what happens next is drawn, until all is done. */
export class TransactionWorld {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly wire: Wire;
  readonly lambda: Lambda;
  readonly dynamo: SimulatedDynamo;
  readonly s3: SimulatedS3;
  readonly kinesis: SimulatedKinesis;
  readonly draws: Draws;
  readonly scenario: TransactionScenario;
  /** All that was ever stored, in the order in which it was. */
  readonly putItems: PutItem[] = [];
  readonly putObjects: PutObject[] = [];
  readonly outage: Outage | undefined;
  readonly redriver: Redriver | undefined;
  readonly #givenUp: GivenUp | undefined;
  steps = 0;
  readonly #options: TransactionWorldOptions;
  readonly #actors: readonly Actor[];
  readonly #pollers: ShardPoller[] = [];

  constructor(options: TransactionWorldOptions) {
    this.#options = options;
    const { draws, trace, scenario } = options;
    this.draws = draws;
    this.scenario = scenario;
    this.clock = new Clock(draws);
    this.faults = new Faults(draws, draws.integer(0, MOST_FAULTS));
    const base = { draws, trace, clock: this.clock, faults: this.faults };
    const { down, mostSkewMs = 0 } = options.conditions ?? {};
    if (down !== undefined) this.outage = new Outage({ clock: this.clock, service: down, lastsMs: OUTAGE_MS });
    this.wire = new Wire({ ...base, outage: this.outage });
    this.dynamo = new SimulatedDynamo({
      ...base,
      keys: { [TRANSACTION_TABLE]: ['transaction_id'], [PROFILE_TABLE]: ['user_id'] },
      onPut: (item, table) => this.putItems.push({ item, table, at: this.clock.now }),
    });
    this.s3 = new SimulatedS3({ ...base, onPut: (bucket, object) => this.putObjects.push({ ...object, bucket }) });
    this.kinesis = new SimulatedKinesis(this.clock, scenario.shardCount);
    const start = (name: string, sandbox: Sandbox): Handler => options.start(name, sandbox, this);
    this.lambda = new Lambda({ ...base, wire: this.wire, mostSkewMs, start });
    if (options.givesUp === true) {
      const kept = { ...base, s3: this.s3, bucket: JOURNAL_BUCKET };
      this.#givenUp = new GivenUp(kept);
      this.redriver = new Redriver({ ...kept, lambda: this.lambda });
    }
    this.#actors = [
      ...(this.redriver === undefined ? [] : [this.redriver]),
      ...scenario.producers.map((records) => new Producer({ ...base, kinesis: this.kinesis, records })),
      new TransactionDisturbances({ ...this.#services(), trace, scenario, waitingSince: () => this.#waitingSince() }),
    ];
  }

  #services(): Pick<TransactionWorld, 'draws' | 'clock' | 'faults' | 'lambda' | 'dynamo' | 's3' | 'kinesis'> {
    const { draws, clock, faults, lambda, dynamo, s3, kinesis } = this;
    return { draws, clock, faults, lambda, dynamo, s3, kinesis };
  }

  /** Runs until everything is done and nothing is under way. */
  async run(): Promise<void> {
    while (!this.faults.isCalm && this.steps < MOST_STORMY_STEPS) {
      await this.#step(false);
      if (this.#offers(true).length === 0 && this.draws.chance(0.05)) break;
    }
    this.faults.calm();
    this.#options.trace.note(() => 'from here on nothing goes wrong');
    const last = this.steps + MOST_CALM_STEPS;
    while (await this.#step(true)) {
      if (this.steps > last) throw new Error(`nothing goes wrong, and yet it does not end in ${MOST_CALM_STEPS} steps`);
    }
  }

  /** Lets the code run as far as it can without an answer, then lets one thing happen. False if nothing can. */
  async #step(isCalm: boolean): Promise<boolean> {
    await new Promise((resolve) => setImmediate(resolve));
    this.lambda.enforceTimeouts();
    this.steps++;
    this.clock.tick();
    const offers = this.#offers(isCalm).filter(({ weight }) => weight > 0);
    if (offers.length === 0) return false;
    this.draws.weighted(offers).run();
    return true;
  }

  #offers(isCalm: boolean): Offer[] {
    const others = [...this.#actors, ...this.#allPollers()].flatMap((actor) => actor.offers(isCalm));
    return [...this.wire.offers(), ...others];
  }

  #allPollers(): readonly ShardPoller[] {
    const { draws, trace, scenario } = this.#options;
    for (const shard of this.kinesis.shards.slice(this.#pollers.length)) {
      const parent = shard.parent && this.#pollers[this.kinesis.shards.indexOf(shard.parent)];
      const { lambda, faults, clock } = this;
      const services = { lambda, faults, clock, draws, trace };
      const { largestBatch, retentionMs } = scenario;
      const options = { shard, parent, functionName: 'transactions', largestBatch, retentionMs };
      this.#pollers.push(new ShardPoller({ ...options, ...services, givenUp: this.#givenUp }));
    }
    return this.#pollers;
  }

  #waitingSince(): number | undefined {
    const times = this.#allPollers().flatMap(({ waitingSince }) => waitingSince ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }
}

/** Clients of a sandbox: what they send goes over the wire. */
export function wiredClients(world: TransactionWorld, sandbox: Sandbox): Clients {
  return clientsOf(world, (service, command) => world.wire.send(sandbox, service, command));
}
