import { findLog } from '../files/log-source.ts';
import type { Host } from '../host.ts';
import { shortPrintable } from '../terminal/printable.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { readTransactions, type TransactionLine } from '../transaction-files/read-transactions.ts';
import { UsageError } from '../usage-error.ts';
import type { EvaluateRequest } from './request.ts';

const LONGEST_REMARK = 300;
const LINES_BETWEEN_LOOKS = 500;

/** Reads a file of transactions twice, and shows how far it is. */
export class TwiceReader {
  readonly #request: EvaluateRequest;
  readonly #host: Host;
  #bar: ProgressBar | undefined;
  #bytesBefore = 0;
  #lines = 0;

  constructor(request: EvaluateRequest, host: Host) {
    this.#request = request;
    this.#host = host;
  }

  async *read(): AsyncGenerator<TransactionLine> {
    const { file, quiet } = this.#request;
    const { stderr, env } = this.#host;
    const log = await findLog(file, this.#host);
    const total = log.size === undefined ? undefined : 2 * log.size;
    const clock = (): number => this.#host.uptime();
    if (!quiet && stderr.isTTY === true && env['TERM'] !== 'dumb') {
      this.#bar ??= new ProgressBar({ screen: stderr, total, clock, noun: 'line' });
    }
    for await (const line of readTransactions(log)) {
      yield line;
      if (++this.#lines % LINES_BETWEEN_LOOKS === 0) {
        this.#bar?.show({ bytes: this.#bytesBefore + log.bytesRead(), events: this.#lines });
      }
    }
    this.#bytesBefore = log.bytesRead();
  }

  /** Says something about the file. */
  tell(remark: string): void {
    if (this.#request.quiet) return;
    this.close();
    this.#host.stderr.write(`${shortPrintable(`${this.#request.file}${remark}`, LONGEST_REMARK)}\n`);
  }

  /** @throws UsageError */
  refuse(reason: string): never {
    throw new UsageError(`${this.#request.file}: ${reason}`);
  }

  close(): void {
    this.#bar?.wipe();
  }
}
