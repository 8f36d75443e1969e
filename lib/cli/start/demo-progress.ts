import path from 'node:path';
import { readIfThere, writeDurably } from '../../local/durable-file.ts';

export interface DemoState {
  readonly isDropped: boolean;
  /** Lines of the stream log that are on the stream. */
  readonly lines: number;
  readonly isDone: boolean;
}

/** Transactions that are on the stream: those of one simulation, which begins with the start. */
export interface PutTransactions {
  /** In seconds since 1970. */
  readonly start: number;
  readonly sent: number;
}

const NOTHING_DONE: DemoState = { isDropped: false, lines: 0, isDone: false };

/** How far the demo has come, in the data folder: after a restart it goes on from there. */
export class DemoProgress {
  readonly #file: string;
  /** Apart, for activities go on at once. */
  readonly #transactions: string;

  constructor(data: string) {
    this.#file = path.join(data, 'demo.json');
    this.#transactions = path.join(data, 'demo-transactions.json');
  }

  async read(): Promise<DemoState> {
    const content = await readIfThere(this.#file);
    return content === undefined ? NOTHING_DONE : (JSON.parse(content) as DemoState);
  }

  async write(state: DemoState): Promise<void> {
    await writeDurably(this.#file, JSON.stringify(state));
  }

  async readTransactions(): Promise<PutTransactions | undefined> {
    const content = await readIfThere(this.#transactions);
    return content === undefined ? undefined : (JSON.parse(content) as PutTransactions);
  }

  async writeTransactions(put: PutTransactions): Promise<void> {
    await writeDurably(this.#transactions, JSON.stringify(put));
  }

  /** Whether the demo may feed its logs in: it began here, or nobody has worked here yet. */
  async mayRun(isNewFolder: boolean): Promise<boolean> {
    return isNewFolder || (await readIfThere(this.#file)) !== undefined;
  }
}
