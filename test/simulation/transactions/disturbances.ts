import type { SimulatedDynamo } from '../services/simulated-dynamo.ts';
import type { SimulatedKinesis } from '../services/simulated-kinesis.ts';
import type { SimulatedS3 } from '../services/simulated-s3.ts';
import type { Actor, Offer } from '../world/actor.ts';
import type { Clock } from '../world/clock.ts';
import type { Draws } from '../world/draws.ts';
import type { Faults } from '../world/faults.ts';
import type { Lambda } from '../world/lambda.ts';
import type { Trace } from '../world/trace.ts';
import { JOURNAL_BUCKET, TRANSACTION_TABLE } from './names.ts';
import type { TransactionScenario } from './scenario.ts';

export interface TransactionDisturbancesOptions {
  readonly draws: Draws;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly lambda: Lambda;
  readonly dynamo: SimulatedDynamo;
  readonly s3: SimulatedS3;
  readonly kinesis: SimulatedKinesis;
  readonly trace: Trace;
  readonly scenario: TransactionScenario;
  /** When the oldest record arrived that has not been dealt with. */
  readonly waitingSince: () => number | undefined;
}

const PAUSES_MS = [1_000, 20_000, 90_000, 20 * 60_000, 2 * 60 * 60_000, 20 * 60 * 60_000];

/** What happens beside the stream: invocations die, time passes, items expire, models come and are damaged, profiles are rebuilt. */
export class TransactionDisturbances implements Actor {
  readonly #options: TransactionDisturbancesOptions;
  readonly #done = { splits: 0, trainings: 0, damages: 0, rebuildings: 0 };

  constructor(options: TransactionDisturbancesOptions) {
    this.#options = options;
  }

  offers(isCalm: boolean): Offer[] {
    if (isCalm) return [];
    const { lambda, scenario } = this.#options;
    const { splits, trainings, damages, rebuildings } = this.#done;
    return [
      { weight: lambda.running.size > 0 ? 0.5 : 0, run: () => this.#kill() },
      { weight: 0.05, run: () => this.#pass() },
      { weight: 0.05, run: () => this.#expire() },
      { weight: splits < scenario.mostSplits ? 0.02 : 0, run: () => this.#split() },
      { weight: trainings < scenario.mostTrainings ? 0.1 : 0, run: () => this.#invoke('train', 'trainings') },
      { weight: rebuildings < scenario.mostRebuildings ? 0.05 : 0, run: () => this.#invoke('profiles', 'rebuildings') },
      { weight: damages < scenario.mostDamages ? 0.05 : 0, run: () => this.#damage() },
    ];
  }

  #invoke(functionName: string, kind: 'trainings' | 'rebuildings'): void {
    this.#done[kind]++;
    this.#options.lambda.invoke(functionName, {}, () => undefined);
  }

  #kill(): void {
    const { lambda, draws, faults } = this.#options;
    if (faults.strikes('killed')) lambda.kill(draws.pick([...lambda.running]), 'it crashes');
  }

  /** Time passes, but never so much that the stream loses what has not been delivered. */
  #pass(): void {
    const { clock, draws, scenario } = this.#options;
    const latest = (this.#options.waitingSince() ?? clock.now) + scenario.retentionMs / 2;
    clock.advanceTo(Math.min(clock.now + draws.pick(PAUSES_MS), latest));
    this.#options.trace.note(() => `it is ${new Date(clock.now).toISOString()}`);
  }

  /** Some of what has expired is deleted. */
  #expire(): void {
    const { dynamo, clock, draws } = this.#options;
    const expired = dynamo.items(TRANSACTION_TABLE).filter((item) => Number(item['expires_at']?.N) * 1000 < clock.now);
    for (const item of draws.some(expired)) dynamo.expire(TRANSACTION_TABLE, item);
  }

  #split(): void {
    const { kinesis, draws } = this.#options;
    const shard = draws.pick(kinesis.shards.filter(({ isClosed }) => !isClosed));
    kinesis.split(shard);
    this.#done.splits++;
    this.#options.trace.note(() => `${shard.id} is split`);
  }

  /** The bytes of a model are no longer those that were put. */
  #damage(): void {
    const { s3, draws } = this.#options;
    const models = s3.objects(JOURNAL_BUCKET).filter(({ key }) => key.endsWith('.bin'));
    if (models.length === 0) return;
    this.#done.damages++;
    const { key } = draws.pick(models);
    s3.store(JOURNAL_BUCKET, key, Buffer.from('damaged'));
    this.#options.trace.note(() => `${key} is damaged`);
  }
}
