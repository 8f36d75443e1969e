import { GivenUp } from '../redrive/given-up.ts';
import type { GivenTarget } from '../../../lib/core/erasure/read-target.ts';
import { Erasures } from '../erasure/erasures.ts';
import { Redriver } from '../redrive/redriver.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Item } from '../services/expressions.ts';
import { SimulatedDynamo } from '../services/simulated-dynamo.ts';
import { SimulatedKinesis } from '../services/simulated-kinesis.ts';
import { SimulatedS3, type StoredObject } from '../services/simulated-s3.ts';
import type { Actor, Offer } from './actor.ts';
import { Announcements } from './announcements.ts';
import { Clock } from './clock.ts';
import { Disturbances } from './disturbances.ts';
import type { Draws } from './draws.ts';
import { Faults } from './faults.ts';
import { Lambda, type Handler, type Outcome } from './lambda.ts';
import { Outage } from './outage.ts';
import { ParameterChanger, Producer, Uploader } from './planned-work.ts';
import type { Sandbox } from './sandbox.ts';
import { ShardPoller } from './shard-poller.ts';
import type { Trace } from './trace.ts';
import { Wire } from './wire.ts';

export const INPUT_BUCKET = 'input';
export const OUTPUT_BUCKET = 'output';
export const JOURNAL_BUCKET = 'journal';

export interface WorldOptions {
  readonly draws: Draws;
  readonly trace: Trace;
  readonly scenario: Scenario;
  readonly start: (functionName: string, sandbox: Sandbox, world: World) => Handler;
  /** Whether Lambda gives up on batches, which somebody puts back. */
  readonly givesUp?: boolean;
  /** Whose data is removed meanwhile, and whether once more when all is done. */
  readonly erased?: readonly GivenTarget[];
  readonly isErasedAgain?: boolean;
  readonly conditions?: Conditions;
}

/** What is wrong from the beginning, beside what is drawn. */
export interface Conditions {
  /** This service is down for some minutes. */
  readonly down?: 'dynamodb' | 's3';
  /** The clocks of functions are wrong by so much at most. */
  readonly mostSkewMs?: number;
}

export interface PutObject extends StoredObject {
  readonly bucket: string;
}

const OUTAGE_MS = 10 * 60_000;
const MOST_FAULTS = 60;
const MOST_STORMY_STEPS = 4_000;
const MOST_CALM_STEPS = 10_000;
const DAY_MS = 24 * 60 * 60_000;
const HOUSEKEEPINGS = 3;

/** Everything there is beside the code under test; what happens next is drawn, until all is done. */
export class World {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly wire: Wire;
  readonly lambda: Lambda;
  readonly dynamo: SimulatedDynamo;
  readonly s3: SimulatedS3;
  readonly kinesis: SimulatedKinesis;
  readonly uploader: Uploader;
  readonly draws: Draws;
  /** All items and objects that were ever stored, in the order in which they were. */
  readonly putItems: Item[] = [];
  readonly putObjects: PutObject[] = [];
  readonly outage: Outage | undefined;
  steps = 0;
  readonly #options: WorldOptions;
  readonly #actors: readonly Actor[];
  readonly #pollers: ShardPoller[] = [];
  readonly redriver: Redriver | undefined;
  readonly erased: readonly GivenTarget[] | undefined;
  readonly isErasedAgain: boolean;
  readonly #erasures: Erasures | undefined;
  readonly givenUp: GivenUp | undefined;

  constructor(options: WorldOptions) {
    this.#options = options;
    const { draws, trace, scenario } = options;
    this.draws = draws;
    this.clock = new Clock(draws);
    this.faults = new Faults(draws, draws.integer(0, MOST_FAULTS * scenario.scale));
    const base = { draws, trace, clock: this.clock, faults: this.faults };
    const { down, mostSkewMs = 0 } = options.conditions ?? {};
    if (down !== undefined) this.outage = new Outage({ clock: this.clock, service: down, lastsMs: OUTAGE_MS });
    this.wire = new Wire({ ...base, outage: this.outage });
    this.dynamo = new SimulatedDynamo({ ...base, onPut: (item) => this.putItems.push(item) });
    this.s3 = new SimulatedS3({
      ...base,
      versioned: [INPUT_BUCKET],
      onPut: (bucket, object) => this.putObjects.push({ ...object, bucket }),
    });
    this.kinesis = new SimulatedKinesis(this.clock, scenario.shardCount);
    const start = (name: string, sandbox: Sandbox): Handler => options.start(name, sandbox, this);
    this.lambda = new Lambda({ ...base, wire: this.wire, mostSkewMs, start });
    const announcements = new Announcements({ ...base, lambda: this.lambda });
    const { uploads, producers, changes, mostSplits, settings, scale } = scenario;
    this.uploader = new Uploader({ ...base, s3: this.s3, bucket: INPUT_BUCKET, announcements, uploads });
    if (options.givesUp === true) {
      const kept = { ...base, s3: this.s3, bucket: JOURNAL_BUCKET };
      this.givenUp = new GivenUp(kept);
      this.redriver = new Redriver({ ...kept, lambda: this.lambda });
    }
    this.erased = options.erased;
    this.isErasedAgain = options.isErasedAgain === true;
    if (options.erased !== undefined) this.#erasures = new Erasures(this.lambda, options.erased);
    this.#actors = [
      ...(this.#erasures === undefined ? [] : [this.#erasures]),
      ...(this.redriver === undefined ? [] : [this.redriver]),
      ...producers.map((records) => new Producer({ ...base, kinesis: this.kinesis, records })),
      this.uploader,
      announcements,
      new ParameterChanger(this.lambda, changes),
      new Disturbances({
        ...base,
        lambda: this.lambda,
        kinesis: this.kinesis,
        mostSplits,
        scale,
        retentionMs: settings.retentionMs,
        waitingSince: () => this.#waitingSince(),
      }),
    ];
  }

  /** Runs until everything is done and nothing is under way; the last housekeepings included. */
  async run(): Promise<void> {
    while (!this.faults.isCalm && this.steps < MOST_STORMY_STEPS * this.#options.scenario.scale) {
      await this.#step(false);
      if (this.#offers(true).length === 0 && this.draws.chance(0.05)) break;
    }
    this.faults.calm();
    this.#options.trace.note(() => 'from here on nothing goes wrong');
    await this.#drain();
    if (this.isErasedAgain) this.#erasures?.again();
    await this.#drain();
    for (let round = 0; round < HOUSEKEEPINGS; round++) {
      this.clock.advanceTo(this.clock.now + this.#options.scenario.settings.historyMs + DAY_MS);
      let outcome: Outcome['type'] | undefined;
      this.lambda.invoke('housekeeping', {}, ({ type }) => {
        outcome = type;
      });
      await this.#drain();
      if (outcome !== 'returned') throw new Error('housekeeping fails though nothing goes wrong');
      if (this.erased !== undefined) await this.#eraseDue();
    }
  }

  async #eraseDue(): Promise<void> {
    let outcome: Outcome | undefined;
    this.lambda.invoke('erase', {}, (ended) => {
      outcome = ended;
    });
    await this.#drain();
    if (outcome?.type !== 'returned') throw new Error('erasing fails though nothing goes wrong');
  }

  async #drain(): Promise<void> {
    const most = MOST_CALM_STEPS * this.#options.scenario.scale;
    const last = this.steps + most;
    while (await this.#step(true)) {
      if (this.steps > last) throw new Error(`nothing goes wrong, and yet it does not end within ${most} steps`);
    }
  }

  /** Lets the code run as far as it can without an answer, then lets one thing happen. False if nothing can. */
  async #step(isCalm: boolean): Promise<boolean> {
    await codeToWait();
    this.lambda.enforceTimeouts();
    this.steps++;
    this.clock.tick();
    const offers = this.#offers(isCalm).filter(({ weight }) => weight > 0);
    if (offers.length === 0) return false;
    this.draws.weighted(offers).run();
    return true;
  }

  #offers(isCalm: boolean): Offer[] {
    const onWire = this.wire.offers();
    return onWire.concat([...this.#actors, ...this.#allPollers()].flatMap((actor) => actor.offers(isCalm)));
  }

  #allPollers(): readonly ShardPoller[] {
    const { draws, trace, scenario } = this.#options;
    for (const shard of this.kinesis.shards.slice(this.#pollers.length)) {
      const parent = shard.parent && this.#pollers[this.kinesis.shards.indexOf(shard.parent)];
      const { largestBatch, settings } = scenario;
      const { retentionMs } = settings;
      const { lambda, faults, clock } = this;
      this.#pollers.push(
        new ShardPoller({
          shard,
          parent,
          functionName: 'live-events',
          lambda,
          faults,
          clock,
          draws,
          trace,
          largestBatch,
          retentionMs,
          givenUp: this.givenUp,
        }),
      );
    }
    return this.#pollers;
  }

  #waitingSince(): number | undefined {
    const times = this.#allPollers().flatMap(({ waitingSince }) => waitingSince ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }
}

/** Until all promises that can go on have gone on. */
function codeToWait(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
