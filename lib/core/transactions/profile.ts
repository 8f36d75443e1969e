import type { Seconds } from '../events/event.ts';
import { addAmount, addMoments, noMoments, type AmountMoments } from './amount-moments.ts';
import { AmountQuantiles } from './amount-quantiles.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { HabitTable } from './habit-table.ts';
import { HourHabits } from './hour-habits.ts';
import { logAmountOf } from './log-amount.ts';
import { RecentSuspicion } from './recent-suspicion.ts';
import { SetAside } from './set-aside.ts';
import type { Transaction } from './transaction.ts';

const FORMAT = 1;

/** Habits are those of about this many transactions: what is older fades, by 1 in so many with each that is learnt. */
const MEMORY = 500;
const DECAY = 1 - 1 / MEMORY;

const MOST_CATEGORIES = 16;
const MOST_LOCATIONS = 10;
const MOST_PAYMENT_METHODS = 6;

/** What a judgement says to a profile. */
export interface Verdict {
  readonly isAnomaly: boolean;
  /** How unusual the transaction is by itself, in nats. */
  readonly surprise: number;
}

/**
 * A user's habits, in a bounded number of bytes. Whatever its numbers are, saving and restoring gives the same ones: a judgement
 * does not depend on whether a profile was kept in memory.
 */
export class Profile {
  /** Transactions learnt, whatever has faded since. */
  #count = 0;
  #firstTime: Seconds = 0;
  #lastTime: Seconds = 0;
  readonly #amounts: AmountMoments = noMoments();
  readonly #quantiles = new AmountQuantiles();
  readonly hours = new HourHabits();
  readonly categories = new HabitTable(MOST_CATEGORIES);
  readonly locations = new HabitTable(MOST_LOCATIONS);
  readonly paymentMethods = new HabitTable(MOST_PAYMENT_METHODS);
  readonly suspicion = new RecentSuspicion();
  readonly #setAside = new SetAside();

  static empty(): Profile {
    return new Profile();
  }

  /** @throws UnreadableStateError for bytes that are damaged or of another format */
  static restore(bytes: Uint8Array): Profile {
    const reader = new ByteReader('profile', bytes, FORMAT);
    const profile = new Profile();
    profile.#count = reader.double();
    profile.#firstTime = reader.double();
    profile.#lastTime = reader.double();
    Object.assign(profile.#amounts, { weight: reader.float(), mean: reader.float(), variance: reader.float() });
    for (const part of profile.#parts()) part.restore(reader);
    reader.expectEnd();
    return profile;
  }

  save(): Uint8Array {
    const writer = new ByteWriter();
    writer.byte(FORMAT);
    writer.double(this.#count);
    writer.double(this.#firstTime);
    writer.double(this.#lastTime);
    writer.floats([this.#amounts.weight, this.#amounts.mean, this.#amounts.variance]);
    for (const part of this.#parts()) part.save(writer);
    return writer.toBytes();
  }

  /** How many transactions were learnt. */
  get count(): number {
    return this.#count;
  }

  /** Time of the earliest and of the latest that was learnt; undefined without any. */
  get period(): readonly [first: Seconds, last: Seconds] | undefined {
    return this.#count === 0 ? undefined : [this.#firstTime, this.#lastTime];
  }

  get amounts(): Readonly<AmountMoments> {
    return this.#amounts;
  }

  /** The amount below which this share of the user's amounts lies; undefined without any. */
  amountQuantile(share: number): number | undefined {
    return this.#quantiles.quantile(share);
  }

  /**
   * Takes a transaction that has been judged. An anomalous one is set aside and not learnt, unless it has come back
   * (see {@link SetAside}).
   */
  learn(transaction: Transaction, { isAnomaly, surprise }: Verdict): void {
    this.suspicion.add(transaction.time, surprise);
    if (!isAnomaly || this.#setAside.add(transaction)) this.#learn(transaction);
  }

  /** The profile of what both have learnt. */
  merge(other: Profile): Profile {
    const merged = Profile.restore(this.save());
    if (other.#count > 0) merged.#extendPeriod(other.#firstTime, other.#lastTime);
    merged.#count += other.#count;
    addMoments(merged.#amounts, other.#amounts);
    merged.#quantiles.merge(other.#quantiles);
    merged.hours.merge(other.hours);
    merged.categories.merge(other.categories);
    merged.locations.merge(other.locations);
    merged.paymentMethods.merge(other.paymentMethods);
    merged.suspicion.merge(other.suspicion);
    merged.#setAside.merge(other.#setAside);
    return merged;
  }

  #learn(transaction: Transaction): void {
    const logAmount = logAmountOf(transaction);
    const { time } = transaction;
    this.#extendPeriod(time, time);
    this.#count++;
    this.#decay();
    addAmount(this.#amounts, logAmount);
    this.#quantiles.add(logAmount);
    this.hours.add(time);
    this.categories.add(transaction.merchantCategory, logAmount);
    this.locations.add(transaction.location, logAmount);
    this.paymentMethods.add(transaction.paymentMethod, logAmount);
  }

  #extendPeriod(first: Seconds, last: Seconds): void {
    this.#firstTime = this.#count === 0 ? first : Math.min(this.#firstTime, first);
    this.#lastTime = this.#count === 0 ? last : Math.max(this.#lastTime, last);
  }

  #decay(): void {
    this.#amounts.weight = Math.fround(this.#amounts.weight * DECAY);
    this.#quantiles.decay(DECAY);
    this.hours.decay(DECAY);
    this.categories.decay(DECAY);
    this.locations.decay(DECAY);
    this.paymentMethods.decay(DECAY);
  }

  #parts() {
    const { hours, categories, locations, paymentMethods, suspicion } = this;
    return [this.#quantiles, hours, categories, locations, paymentMethods, suspicion, this.#setAside];
  }
}
