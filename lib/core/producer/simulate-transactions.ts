import type { Micros, Seconds, UserId } from '../events/event.ts';
import type { Transaction, TransactionId } from '../transactions/transaction.ts';
import { CATEGORIES, COUNTRIES, PAYMENT_METHODS } from './catalogue.ts';
import { DAY_SECONDS, planDay, type PlannedTransaction } from './day-plan.ts';
import { Draws } from './draws.ts';
import { makeDevice, makeHabits, type Habits, type UsualCategory, type Weighted } from './habits.ts';

export const MOST_USERS = 1_000_000;
export const MOST_SEEDS = 2 ** 32;

export interface SimulationOptions {
  /** From 1 to {@link MOST_USERS}. */
  readonly users: number;
  /** A whole number of at least 0 and below {@link MOST_SEEDS}. */
  readonly seed: number;
  /** No transaction is earlier. */
  readonly start: Seconds;
  /** Share of transactions that are anomalous, from 0 to 1; by default 1 in 20. */
  readonly anomalyRate?: number;
  /** Leaves out so many from the beginning. */
  readonly from?: number;
  /** How all ids begin; by default `s` and the seed. */
  readonly name?: string;
}

export const USUAL_ANOMALY_RATE = 0.05;

/** An unusual amount is so many times the typical maximum, each magnitude between as likely. */
const LEAST_EXCESS = 1.5;
const GREATEST_EXCESS = 6;
/** One transaction in so many, whatever its kind, comes from a device that the user has not had. */
const NEW_DEVICES_ONE_IN = 100;

/**
 * Simulates the transactions of people with habits (see {@link makeHabits}) in the order of their times (see {@link planDay}), without
 * end. The same options give the same transactions. Memory grows with the users, by a few hundred bytes each, and not with what they do.
 *
 * What is planted is outside the habits in one to three ways: a country, category or payment method that is not among the usual
 * ones, by how common it is in the world; an amount of 1.5 to 6 times the typical maximum; an hour at least 1.5 hours outside
 * the usual ones. All else about it is usual. Normal transactions keep to the habits, but 1 in 1,000 strays in its country, category or hour.
 * Merchants follow the category, devices do not tell.
 */
export function* simulateTransactions(options: SimulationOptions): Generator<Transaction, never> {
  const { users, seed, start, anomalyRate = USUAL_ANOMALY_RATE, from = 0, name = `s${seed}` } = options;
  const people = Array.from({ length: users }, (_, user) => makeHabits(Draws.seeded(seed, user + 1)));
  const draws = Draws.seeded(seed, 0);
  // Of other users, rates or times, the same seed makes other transactions, which must not pass for these.
  const series = [users, start, Math.round(anomalyRate * 1e6)].map((part) => part.toString(36)).join('.');
  let count = 0;
  for (let day = Math.floor(start / DAY_SECONDS) * DAY_SECONDS; ; day += DAY_SECONDS) {
    for (const planned of planDay({ draws, people, day, anomalyRate })) {
      const transaction = draw(draws, people[planned.user] as Habits, planned);
      if (planned.time < start || ++count <= from) continue;
      const id = `${name}-${series}-${count}` as TransactionId;
      yield { id, user: `${name}-user-${planned.user + 1}` as UserId, time: planned.time, ...transaction };
    }
  }
}

type Drawn = Omit<Transaction, 'id' | 'user' | 'time'>;

function draw(draws: Draws, habits: Habits, { unusual, isPlanted }: PlannedTransaction): Drawn {
  const isUnusual = new Set(unusual);
  const category = isUnusual.has('category')
    ? drawOther(draws, CATEGORIES, habits.categories)
    : draws.weighted(habits.categories);
  const amount = isUnusual.has('amount') ? drawExcess(draws, habits) : drawAmount(draws, habits, category);
  return {
    amount: (BigInt(Math.max(1, Math.round(amount * 100))) * 10_000n) as Micros,
    location: drawName(draws, { usual: habits.locations, all: COUNTRIES, isUnusual: isUnusual.has('location') }),
    merchantCategory: category.name,
    paymentMethod: drawName(draws, {
      usual: habits.paymentMethods,
      all: PAYMENT_METHODS,
      isUnusual: isUnusual.has('payment_method'),
    }),
    device: draws.chance(1 / NEW_DEVICES_ONE_IN) ? makeDevice(draws) : draws.pick(habits.devices),
    merchant: draws.pick(category.merchants),
    label: isPlanted ? unusual : [],
  };
}

interface NameChoice {
  readonly usual: readonly Weighted[];
  readonly all: readonly Weighted[];
  readonly isUnusual: boolean;
}

function drawName(draws: Draws, { usual, all, isUnusual }: NameChoice): string {
  return (isUnusual ? drawOther(draws, all, usual) : draws.weighted(usual)).name;
}

/** One that is not among the usual ones. */
function drawOther<Choice extends Weighted>(draws: Draws, all: readonly Choice[], usual: readonly Weighted[]): Choice {
  return draws.weighted(all.filter(({ name }) => usual.every((other) => other.name !== name)));
}

function drawAmount(
  draws: Draws,
  habits: Habits,
  { median, spread }: Pick<UsualCategory, 'median' | 'spread'>,
): number {
  const { typicalMinimum, typicalMaximum } = habits;
  // Of a category that is not theirs, all may be beyond what they spend.
  const amount = draws.logNormal(median, spread);
  return Math.min(Math.max(amount, typicalMinimum), typicalMaximum);
}

function drawExcess(draws: Draws, { typicalMaximum }: Habits): number {
  return typicalMaximum * Math.exp(draws.between(Math.log(LEAST_EXCESS), Math.log(GREATEST_EXCESS)));
}
