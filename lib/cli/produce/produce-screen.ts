import { formatTimestamp } from '../../core/events/timestamp.ts';
import { isUnanswered, type AwsFailure } from '../connect/failures.ts';
import type { Host } from '../host.ts';
import { counted, rate, withThousands } from '../terminal/numbers.ts';
import { printable } from '../terminal/printable.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { ScreenText } from '../terminal/screen-text.ts';
import type { ProduceRequest } from './request.ts';

/** What `produce` tells on standard error while it goes, and in the end. */
export class ProduceScreen {
  /** Transactions that have arrived, each of which is a line. */
  lines = 0;
  readonly #request: ProduceRequest;
  readonly #host: Host;
  readonly #bar: ProgressBar | undefined;
  readonly #started: number;

  constructor(request: ProduceRequest, host: Host) {
    this.#request = request;
    this.#host = host;
    this.#started = host.uptime();
    const clock = (): number => host.uptime();
    const isSeen = !request.quiet && host.stderr.isTTY === true && host.env['TERM'] !== 'dumb';
    const options = { screen: host.stderr, total: request.count, clock, noun: 'transaction' };
    this.#bar = isSeen ? new ProgressBar(options) : undefined;
  }

  put({ lines }: { readonly lines: number }): void {
    this.lines += lines;
    this.#bar?.show({ bytes: this.lines, events: this.lines });
  }

  waiting(error: AwsFailure, seconds: number): void {
    if (this.#request.quiet) return;
    const reason = isUnanswered(error) ? 'the stream does not answer' : printable(error.message);
    this.wipe();
    this.#host.stderr.write(`${reason}; trying again in ${seconds} s\n`);
  }

  /** It is over, by itself or not, and some have arrived. */
  async finish(anomalous: number): Promise<void> {
    const { users, quiet } = this.#request;
    const seconds = this.#host.uptime() - this.#started;
    const text = new ScreenText(this.#host.stderr, this.#bar);
    const what = `${counted(this.lines, 'transaction')} of ${counted(users, 'user')}`;
    const speed = rate(this.lines, seconds, 'transaction');
    if (!quiet) text.write(`${what}, ${withThousands(anomalous)} anomalous, in ${seconds.toFixed(2)} s (${speed})\n`);
    if (!quiet) text.write(`${this.#goingOn()}\n`);
    await text.flush();
    this.wipe();
  }

  /** What keeps it from going on is told by others. */
  failed(): void {
    this.wipe();
    if (this.lines > 0) this.#host.stderr.write(`so far: ${counted(this.lines, 'transaction')}; ${this.#goingOn()}\n`);
  }

  wipe(): void {
    this.#bar?.wipe();
  }

  #goingOn(): string {
    const { seed, start, from } = this.#request;
    const options = `--seed=${seed} --start="${formatTimestamp(start)}" --from=${from + this.lines}`;
    return `to go on with these users, add ${options} to the same command`;
  }
}
