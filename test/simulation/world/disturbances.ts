import type { SimulatedKinesis } from '../services/simulated-kinesis.ts';
import type { Actor, Offer } from './actor.ts';
import type { Clock } from './clock.ts';
import type { Draws } from './draws.ts';
import type { Faults } from './faults.ts';
import type { Lambda } from './lambda.ts';
import type { Trace } from './trace.ts';

export interface DisturbancesOptions {
  readonly draws: Draws;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly lambda: Lambda;
  readonly kinesis: SimulatedKinesis;
  readonly mostSplits: number;
  /** How many times the usual work a housekeeping has: it comes round so much the less often. */
  readonly scale: number;
  /** When the oldest record arrived that has not been dealt with. */
  readonly waitingSince: () => number | undefined;
  readonly retentionMs: number;
}

const PAUSES_MS = [1_000, 20_000, 90_000, 20 * 60_000, 2 * 60 * 60_000, 20 * 60 * 60_000];

/** What happens beside the work: invocations die, time passes, shards are split, and housekeeping comes round. */
export class Disturbances implements Actor {
  readonly #options: DisturbancesOptions;
  #splits = 0;

  constructor(options: DisturbancesOptions) {
    this.#options = options;
  }

  offers(isCalm: boolean): Offer[] {
    if (isCalm) return [];
    const { lambda, mostSplits, scale } = this.#options;
    return [
      { weight: lambda.running.size > 0 ? 0.5 : 0, run: () => this.#kill() },
      { weight: 0.05, run: () => this.#pass() },
      { weight: 0.05 / scale, run: () => void lambda.invoke('housekeeping', {}, () => undefined) },
      { weight: this.#splits < mostSplits ? 0.02 : 0, run: () => this.#split() },
    ];
  }

  #kill(): void {
    const { lambda, draws, faults } = this.#options;
    if (faults.strikes('killed')) lambda.kill(draws.pick([...lambda.running]), 'it crashes');
  }

  /** Time passes, but never so much that the stream loses what has not been delivered. */
  #pass(): void {
    const { clock, draws, waitingSince, retentionMs, trace } = this.#options;
    const until = Math.min(clock.now + draws.pick(PAUSES_MS), (waitingSince() ?? clock.now) + retentionMs / 2);
    clock.advanceTo(until);
    trace.note(() => `it is ${new Date(clock.now).toISOString()}`);
  }

  #split(): void {
    const { kinesis, draws, trace } = this.#options;
    const shard = draws.pick(kinesis.shards.filter(({ isClosed }) => !isClosed));
    kinesis.split(shard);
    this.#splits++;
    trace.note(() => `${shard.id} is split`);
  }
}
