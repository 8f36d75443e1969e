import type { CommitBody } from '../../../lib/core/cloud/commit-body.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import type { Shard, ShardRecord } from '../services/simulated-kinesis.ts';
import { ErasedHistory, isErased } from '../erasure/erased-history.ts';
import { CoveredLines } from '../redrive/covered-lines.ts';
import { linesOfRecord, type SentLine } from './record-lines.ts';
import { ReferenceNetwork, type ReferenceFlag } from './reference-network.ts';

/** What a network's commits say has happened, worked out anew from what was sent. */
export interface ExpectedHistory {
  readonly network: string;
  readonly commits: readonly ExpectedCommit[];
  /** The network as it is after the last commit. */
  readonly state: ReferenceNetwork;
  readonly head: Head;
  readonly loads: readonly ExpectedLoad[];
  /** Lines applied, in order. */
  readonly applied: readonly AppliedLine[];
  /** Where the history itself cannot be: positions that go back, lines that nobody applied, loads of nothing. */
  readonly faults: readonly string[];
  /** Whether the network was deleted, and nothing has been committed to it since. */
  readonly isDeleted: boolean;
}

export interface AppliedLine {
  readonly line: SentLine;
  readonly version: number;
  readonly record: ShardRecord;
}

interface ExpectedLoad {
  readonly version: number;
  readonly key: string;
  readonly sequencer: string;
  readonly identity: string;
}

export interface ExpectedCommit {
  readonly version: number;
  readonly load: number;
  readonly flags: readonly ReferenceFlag[];
  readonly rejected: readonly AppliedLine[];
}

export interface HistoryOptions {
  readonly network: string;
  /** All heads that were ever stored, in the order in which they were. */
  readonly heads: readonly Head[];
  readonly shards: readonly Shard[];
  /** The content of an object that was dropped, by its key and identity. */
  readonly dropped: (key: string, identity: string) => string | undefined;
  readonly defaults: { readonly degrees: number; readonly tracked: number };
  /** Where batches are given up and put back: the bodies of the commits, which tell what each has applied. */
  readonly bodyOf?: (head: Head) => CommitBody | undefined;
  /** These records have been given up, and so can come late. */
  readonly givenUp?: ReadonlySet<ShardRecord>;
}

export function workOutHistory(options: HistoryOptions): ExpectedHistory {
  const history = new History(options);
  for (const head of options.heads) history.commit(head);
  return history.end();
}

class History {
  readonly #options: HistoryOptions;
  readonly #commits: ExpectedCommit[] = [];
  readonly #applied: AppliedLine[] = [];
  readonly #faults: string[] = [];
  /** Places behind the last record applied of each shard. */
  readonly #places = new Map<string, number>();
  readonly #nextOffsets = new Map<string, number>();
  /** The last record applied of each partition key. */
  readonly #lastOfKeys = new Map<string, bigint>();
  readonly #loads: ExpectedLoad[] = [];
  readonly #covered: CoveredLines;
  readonly #erased = new ErasedHistory();
  #state: ReferenceNetwork;
  #head: Head | undefined;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#covered = new CoveredLines(options.network, options.shards);
    this.#state = new ReferenceNetwork(options.defaults);
  }

  commit(head: Head): void {
    if (head.version === 1 && this.#head !== undefined && isGone(this.#head)) this.#beginAnew();
    const before = this.#head;
    const version = (before?.version ?? 0) + 1;
    if (head.version !== version) this.#fault(`version ${head.version} was committed where ${version} was due`);
    this.#head = head;
    const isDeletion = head.deleted?.version === version;
    const isLoad = before === undefined ? head.load > 0 : head.generation !== before.generation;
    if (isDeletion) this.#state = new ReferenceNetwork(this.#options.defaults);
    else if (isLoad) this.#load(head, before);
    this.#erased.heard(head, this.#state, isLoad && !isDeletion);
    const { bodyOf } = this.#options;
    if (bodyOf === undefined) {
      this.#apply(
        head,
        this.#newLines(head).filter((applied) => !isErased(before, applied)),
      );
    } else this.#applyBody(head, bodyOf(head));
    this.#state.parameters = head.parameters;
    if (this.#state.purchaseCount !== head.sequence) {
      this.#fault(
        `version ${head.version}: ${head.sequence} purchases, not the ${this.#state.purchaseCount} it ought to be`,
      );
    }
  }

  end(): ExpectedHistory {
    if (this.#head === undefined) throw new RangeError(`network ${this.#options.network} has no head`);
    if (this.#options.bodyOf === undefined) {
      for (const shard of this.#options.shards) this.#expectNothingLeft(shard);
    } else this.#expectNothingUncovered();
    return {
      network: this.#options.network,
      isDeleted: isGone(this.#head),
      commits: this.#erased.left(this.#commits),
      state: this.#state,
      head: this.#head,
      applied: this.#applied,
      loads: this.#loads,
      faults: this.#faults,
    };
  }

  /** A network that was deleted, and is gone by now, is asked for again. */
  #beginAnew(): void {
    this.#head = undefined;
    this.#commits.length = 0;
    this.#erased.beginAnew();
  }

  #fault(text: string): void {
    this.#faults.push(`${this.#options.network}: ${text}`);
  }

  #load(head: Head, before: Head | undefined): void {
    const [key, loaded] =
      Object.entries(head.loaded).find(([name, { sequencer }]) => before?.loaded[name]?.sequencer !== sequencer) ?? [];
    const content = key !== undefined && loaded !== undefined ? this.#options.dropped(key, loaded.identity) : undefined;
    if (key === undefined || loaded === undefined || content === undefined) {
      this.#fault(`version ${head.version} is a load of nothing that was dropped: ${JSON.stringify(head.loaded)}`);
      return;
    }
    const last = before?.loaded[key];
    if (last !== undefined && last.sequencer >= loaded.sequencer) {
      this.#fault(`version ${head.version} loads ${loaded.sequencer} of ${key} over ${last.sequencer}`);
    }
    if (head.load !== (before?.load ?? 0) + 1) this.#fault(`version ${head.version} is load ${head.load}`);
    this.#loads.push({ version: head.version, key, ...loaded });
    const [header = '', ...lines] = content.split('\n');
    const { D, T } = JSON.parse(header) as { D: string; T: string };
    this.#state = new ReferenceNetwork({ degrees: Number(D), tracked: Number(T) });
    if (head.parameters.degrees !== Number(D) || head.parameters.tracked !== Number(T)) {
      this.#fault(`version ${head.version} is loaded from ${header}, and has other parameters`);
    }
    for (const line of lines) if (line.trim() !== '') this.#state.apply(line);
  }

  /** The lines of the records between the positions before and now that no source has put before. */
  #newLines({ version, shards }: Head): AppliedLine[] {
    const records = Object.entries(shards).flatMap(([id, { sequenceNumber }]) => {
      const shard = this.#options.shards.find((shard) => shard.id === id);
      const start = this.#places.get(id) ?? 0;
      const end = (shard?.records.findIndex((record) => record.sequenceNumber === sequenceNumber) ?? -1) + 1;
      if (end === 0) this.#fault(`version ${version} stands at ${sequenceNumber} of ${id}, which is no record`);
      if (end < start) this.#fault(`version ${version} goes back in ${id}, to ${sequenceNumber}`);
      this.#places.set(id, Math.max(start, end));
      return shard?.records.slice(start, end) ?? [];
    });
    return records.flatMap((record) => this.#unseenLines(record).map((line) => ({ line, version, record })));
  }

  #unseenLines(record: ShardRecord): SentLine[] {
    const own = linesOfRecord(record).filter(({ network }) => network === this.#options.network);
    return own.filter(({ source, offset }) => {
      if (source === undefined || offset === undefined) return true;
      if (offset < (this.#nextOffsets.get(source) ?? 0)) return false;
      this.#nextOffsets.set(source, offset + 1);
      return true;
    });
  }

  #applyBody(head: Head, body: CommitBody | undefined): void {
    const { version } = head;
    const lines = body === undefined ? [] : this.#covered.of(body).map((line) => ({ ...line, version }));
    this.#apply(head, lines);
  }

  #expectNothingUncovered(): void {
    for (const fault of this.#covered.faults) this.#fault(fault);
    for (const { line, record } of this.#covered.left()) {
      this.#fault(`never applied, of ${record.shard} ${record.sequenceNumber}: ${line.text}`);
    }
  }

  #apply({ version, load }: Head, lines: readonly AppliedLine[]): void {
    const flags: ReferenceFlag[] = [];
    const rejected: AppliedLine[] = [];
    for (const applied of lines) {
      if (this.#options.givenUp?.has(applied.record) !== true) this.#expectOrder(applied.record);
      const { line } = applied;
      const result = line.isMisnamed ? 'bad' : this.#state.apply(line.text);
      if (result === 'bad') rejected.push(applied);
      else if (result !== 'fine') flags.push(result);
    }
    this.#applied.push(...lines);
    this.#commits.push({ version, load, flags, rejected });
  }

  /** What is put with one key is applied in the order in which it was put, shards split or not. */
  #expectOrder({ partitionKey, sequenceNumber }: ShardRecord): void {
    const last = this.#lastOfKeys.get(partitionKey) ?? 0n;
    if (BigInt(sequenceNumber) < last) this.#fault(`${sequenceNumber} of key ${partitionKey} comes after ${last}`);
    this.#lastOfKeys.set(partitionKey, BigInt(sequenceNumber));
  }

  #expectNothingLeft(shard: Shard): void {
    for (const record of shard.records.slice(this.#places.get(shard.id) ?? 0)) {
      for (const line of this.#unseenLines(record)) {
        if (this.#erased.covers({ line, record })) continue;
        this.#fault(`never applied, of ${shard.id} ${record.sequenceNumber}: ${line.text}`);
      }
    }
  }
}

/** Whether nothing has been committed to a network since it was deleted. */
function isGone({ deleted, version }: Head): boolean {
  return deleted?.version === version;
}
