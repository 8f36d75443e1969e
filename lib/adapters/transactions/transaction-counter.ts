import {
  countLines,
  isUncounted,
  type CountedLine,
  type LineOutcome,
} from '../../core/transactions-cloud/count-lines.ts';
import { originOf } from '../../core/transactions-cloud/line-origin.ts';
import type { ShardTally } from '../../core/transactions-cloud/shard-tally.ts';
import type { StoredTransaction } from '../../core/transactions-cloud/stored-transaction.ts';
import type { MalformedLines, TransactionLine } from '../../core/transactions-cloud/transaction-lines.ts';
import { EMPTY_TALLY } from '../../core/cloud/tally.ts';
import type { TallyStore } from './tally-store.ts';
import type { TransactionStore } from './transaction-store.ts';

export interface TransactionCounterOptions {
  readonly tallies: TallyStore;
  readonly transactions: Pick<TransactionStore, 'readMany'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Lines of one shard that are applied, in order; none before them is left to be applied. */
export interface AppliedLines {
  readonly shard: string;
  readonly lines: readonly TransactionLine[];
  readonly malformed: readonly MalformedLines[];
  /** What became of lines that were applied just now, by their origins; the others had been applied before. */
  readonly outcomes: ReadonlyMap<number, LineOutcome>;
}

type Uncounted = Pick<AppliedLines, 'lines' | 'malformed'>;

const MOST_CONFLICTS = 20;
/** The name of no shard. */
const REDRIVEN = 'redriven';

/**
 * Counts the transactions of each shard, each line once: its tally moves on from the position that it stood at, or not at all.
 * It follows the commits of the users, so whoever dies in between leaves lines behind that are applied and not counted. They
 * come again, and what became of them is then told by the transactions that are stored.
 */
export class TransactionCounter {
  readonly #options: TransactionCounterOptions;
  readonly #known = new Map<string, ShardTally | undefined>();

  constructor(options: TransactionCounterOptions) {
    this.#options = options;
  }

  /** @throws what failed: the lines are to come again */
  async count(applied: AppliedLines): Promise<void> {
    const { shard } = applied;
    for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts++) {
      const before = await this.#read(shard);
      const left = uncountedIn(applied, before);
      const last = lastRecordOf(left);
      if (last === undefined) return;
      const lines = await this.#outcomesOf(left, applied.outcomes);
      const tally = countLines(before?.tally ?? EMPTY_TALLY, lines, this.#options.now());
      // Until its reply is there, nobody knows where the tally stands.
      this.#known.delete(shard);
      const after = { shard, position: last, tally };
      if (await this.#options.tallies.write(after, before?.position)) {
        this.#known.set(shard, after);
        return;
      }
    }
    throw new Error(`others counted ${shard} first ${MOST_CONFLICTS} times in a row`);
  }

  /**
   * Counts lines that were given up and put back, in a tally of their own that no shard has. An invocation that dies before
   * this leaves them uncounted.
   */
  async countRedriven(outcomes: readonly LineOutcome[], at: number): Promise<void> {
    const { tallies, now } = this.#options;
    for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts++) {
      const before = await tallies.read(REDRIVEN);
      const lines = outcomes.map((outcome): CountedLine => ({ at, outcome }));
      const { latest: _, ...tally } = countLines(before?.tally ?? EMPTY_TALLY, lines, now());
      const position = String(Number(before?.position ?? 0) + 1);
      if (await tallies.write({ shard: REDRIVEN, position, tally }, before?.position)) return;
    }
    throw new Error(`others counted what is put back first ${MOST_CONFLICTS} times in a row`);
  }

  async #read(shard: string): Promise<ShardTally | undefined> {
    return this.#known.get(shard) ?? this.#options.tallies.read(shard);
  }

  async #outcomesOf({ lines, malformed }: Uncounted, known: AppliedLines['outcomes']): Promise<CountedLine[]> {
    const old = lines.filter((line) => !known.has(originOf(line)));
    const ids = old.map(({ transaction }) => transaction.id);
    const stored = ids.length === 0 ? undefined : await this.#options.transactions.readMany(ids);
    const counted = lines.map((line): CountedLine => {
      const outcome = known.get(originOf(line)) ?? outcomeOf(line, stored?.get(line.transaction.id));
      return { at: line.at, outcome };
    });
    const broken = malformed.flatMap(({ record: { at }, lines: faults }) =>
      faults.map((): CountedLine => ({ at, outcome: 'rejected' })),
    );
    return [...counted, ...broken].toSorted((one, other) => one.at - other.at);
  }
}

/** Of a line that had been applied before. */
function outcomeOf(line: TransactionLine, stored: StoredTransaction | undefined): LineOutcome {
  if (stored === undefined) return 'nothing';
  const { transaction, judgement, origin } = stored;
  if (transaction.user !== line.transaction.user) return 'rejected';
  if (origin !== originOf(line)) return 'nothing';
  return judgement.isAnomaly ? 'anomaly' : 'normal';
}

function uncountedIn({ lines, malformed }: AppliedLines, counted: ShardTally | undefined): Uncounted {
  return {
    lines: lines.filter(({ sequenceNumber }) => isUncounted(counted, sequenceNumber)),
    malformed: malformed.filter(({ record }) => isUncounted(counted, record.sequenceNumber)),
  };
}

function lastRecordOf({ lines, malformed }: Uncounted): string | undefined {
  const numbers = [...lines, ...malformed.map(({ record }) => record)].map(({ sequenceNumber }) =>
    BigInt(sequenceNumber),
  );
  const last = numbers.reduce<bigint | undefined>(
    (most, number) => (most === undefined || number > most ? number : most),
    undefined,
  );
  return last === undefined ? undefined : String(last);
}
