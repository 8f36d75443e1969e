import { Catalogue } from './catalogue.ts';
import type { Entry } from './entry.ts';
import { LineFile } from './line-file.ts';

interface Commit {
  /** What it reads and changes: two commits of one scope are not written together. */
  readonly scope: string;
  readonly decide: (catalogue: Catalogue) => readonly Entry[];
  readonly done: (error?: unknown) => void;
}

/** Told of the files that nothing refers to any more. */
type OnFreed = (files: readonly string[]) => void;

/** The scope of what nothing else may be written together with. */
export const EVERYTHING = '*';

const SPARE_LINES = 1000;

/**
 * The one place where S3's state changes: a file of entries, and the catalogue they add up to. A change is decided on the
 * catalogue as it is, written, and then applied: who reads sees only what a kill cannot take back.
 */
export class Ledger {
  readonly catalogue: Catalogue;
  readonly #file: LineFile;
  readonly #onFreed: OnFreed;
  #lines: number;
  #waiting: Commit[] = [];
  #writing: Promise<void> | undefined;

  private constructor(file: LineFile, replayed: { catalogue: Catalogue; lines: number }, onFreed: OnFreed) {
    this.#file = file;
    this.catalogue = replayed.catalogue;
    this.#lines = replayed.lines;
    this.#onFreed = onFreed;
  }

  static async open(path: string, onFreed: OnFreed): Promise<Ledger> {
    const catalogue = new Catalogue();
    let lines = 0;
    const file = await LineFile.open(path, (line) => {
      lines += 1;
      replay(catalogue, line, `${path}, line ${lines}`);
    });
    return new Ledger(file, { catalogue, lines }, onFreed);
  }

  /** Comes back when the change is on the disk. What `decide` throws is thrown, and nothing changes. */
  commit(scope: string, decide: Commit['decide']): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (error?: unknown): void => (error === undefined ? resolve() : reject(error));
      this.#waiting.push({ scope, decide, done });
      this.#writing ??= this.#writeAll();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  async #writeAll(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#write(takeBatch(this.#waiting));
    this.#writing = undefined;
  }

  /** Many commits, one wait for the disk. */
  async #write(batch: readonly Commit[]): Promise<void> {
    const decided = batch.map((commit) => decideOn(this.catalogue, commit)).filter((one) => one !== undefined);
    const entries = decided.flatMap((one) => one.entries);
    try {
      if (entries.length > 0) await this.#file.append(entries.map((entry) => JSON.stringify(entry)));
      this.#lines += entries.length;
      this.#onFreed(entries.flatMap((entry) => this.catalogue.apply(entry)));
      for (const { commit } of decided) commit.done();
      await this.#shorten();
    } catch (error) {
      for (const { commit } of decided) commit.done(error);
    }
  }

  /** A ledger that tells mostly of what is gone is written anew. */
  async #shorten(): Promise<void> {
    if (this.#lines < 4 * this.catalogue.size + SPARE_LINES) return;
    await this.#file.replace(linesOf(this.catalogue));
    this.#lines = this.catalogue.size;
  }
}

function replay(catalogue: Catalogue, line: string, where: string): void {
  try {
    catalogue.apply(JSON.parse(line) as Entry);
  } catch (error) {
    throw new Error(`${where} is damaged`, { cause: error });
  }
}

function takeBatch(waiting: Commit[]): Commit[] {
  const scopes = new Set<string>();
  const end = waiting.findIndex(({ scope }) => {
    const isAlone = scopes.has(EVERYTHING) || (scope === EVERYTHING && scopes.size > 0) || scopes.has(scope);
    scopes.add(scope);
    return isAlone;
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

function decideOn(catalogue: Catalogue, commit: Commit): { commit: Commit; entries: readonly Entry[] } | undefined {
  try {
    return { commit, entries: commit.decide(catalogue) };
  } catch (error) {
    commit.done(error);
    return undefined;
  }
}

function* linesOf(catalogue: Catalogue): Iterable<string> {
  for (const entry of catalogue.entries()) yield JSON.stringify(entry);
}
