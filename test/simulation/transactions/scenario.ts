import type { TransactionMode } from '../../../lib/core/transactions/detectors.ts';
import type { PlannedRecord } from '../scenario/scenario.ts';
import type { Draws } from '../world/draws.ts';

export interface TransactionScenario {
  readonly mode: TransactionMode;
  readonly shardCount: number;
  readonly mostSplits: number;
  readonly largestBatch: number;
  readonly retentionMs: number;
  readonly keptMs: number;
  readonly linesPerCommit: number;
  /** Users in memory. */
  readonly mostUsers: number;
  /** Each producer puts its records in order. */
  readonly producers: readonly (readonly PlannedRecord[])[];
  /** How often a model is trained, one is damaged, and the profiles are rebuilt, at most. */
  readonly mostTrainings: number;
  readonly mostDamages: number;
  readonly mostRebuildings: number;
}

const HOUR_MS = 60 * 60_000;
const MOST_RECORDS = 14;
const MOST_LINES = 4;

export function drawTransactionScenario(draws: Draws): TransactionScenario {
  const lines = new TransactionLines(draws);
  return {
    mode: draws.pick(['basic', 'enhanced']),
    shardCount: draws.integer(1, 3),
    mostSplits: draws.pick([0, 0, 1]),
    largestBatch: draws.integer(1, 6),
    retentionMs: 24 * HOUR_MS,
    keptMs: draws.pick([48, 90 * 24]) * HOUR_MS,
    linesPerCommit: draws.pick([1, 3, 100]),
    mostUsers: draws.pick([1, 1000]),
    producers: Array.from({ length: draws.integer(1, 3) }, () => drawProducer(draws, lines)),
    mostTrainings: draws.integer(0, 4),
    mostDamages: draws.integer(0, 1),
    mostRebuildings: draws.integer(0, 2),
  };
}

function drawProducer(draws: Draws, lines: TransactionLines): PlannedRecord[] {
  const isByUser = draws.chance(0.6);
  return Array.from({ length: draws.integer(2, MOST_RECORDS) }, () => {
    const user = lines.user();
    const own = Array.from({ length: draws.integer(1, MOST_LINES) }, () => lines.line(isByUser ? user : lines.user()));
    const partitionKey = isByUser ? user : `key ${draws.below(4)}`;
    return { partitionKey, data: own.join('\n'), isEnveloped: draws.chance(0.3) };
  });
}

const CATEGORIES = ['groceries', 'fuel', 'jewellery'];
const METHODS = ['card', 'transfer'];

/** Makes lines of the stream: transactions of a few users, good and bad, and what is meant for others. */
class TransactionLines {
  readonly #draws: Draws;
  readonly #users: number;
  readonly #badShare: number;
  readonly #againShare: number;
  readonly #foreignShare: number;
  readonly #sent: { readonly id: string; readonly user: string }[] = [];
  #seconds = 0;
  #made = 0;

  constructor(draws: Draws) {
    this.#draws = draws;
    this.#users = draws.integer(1, 5);
    this.#badShare = draws.pick([0, 0.1]);
    this.#againShare = draws.pick([0, 0.1, 0.3]);
    this.#foreignShare = draws.pick([0, 0, 0.1]);
  }

  user(): string {
    return `u${this.#draws.integer(1, this.#users)}`;
  }

  line(user: string): string {
    const draws = this.#draws;
    if (draws.chance(0.05)) return draws.pick(['', 'nonsense', '{"event_type":"sale"}']);
    if (draws.chance(0.05)) return `{"event_type":"befriend","timestamp":"2026-01-01 10:00:00","id1":"a","id2":"b"}`;
    const number = ++this.#made;
    const again = this.#sent.filter((one) => (one.user === user) !== draws.chance(this.#foreignShare));
    const id = draws.chance(this.#againShare) && again.length > 0 ? draws.pick(again).id : `t${number}`;
    this.#sent.push({ id, user });
    return draws.chance(this.#badShare) ? this.#transaction(id, user, '-1') : this.#transaction(id, user);
  }

  #transaction(id: string, user: string, amount = this.#amount()): string {
    const draws = this.#draws;
    this.#seconds += draws.pick([0, 60, 3600, 40_000]);
    const time = new Date(Date.UTC(2026, 0, 1, 10, 0, this.#seconds - (draws.chance(0.1) ? 9000 : 0)));
    return JSON.stringify({
      event_type: 'transaction',
      transaction_id: id,
      user_id: user,
      amount,
      timestamp: time.toISOString().slice(0, 19).replace('T', ' '),
      location: draws.chance(0.9) ? 'DE' : 'BR',
      merchant_category: draws.pick(CATEGORIES),
      payment_method: draws.pick(METHODS),
      number: this.#made,
    });
  }

  #amount(): string {
    return this.#draws.chance(0.8)
      ? `${this.#draws.integer(10, 30)}.50`
      : String(100 * 2 ** this.#draws.integer(1, 12));
  }
}
