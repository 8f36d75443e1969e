import { isUnanswered, type AwsFailure } from '../connect/failures.ts';
import { isStandardInput } from '../files/inspect-log.ts';
import type { LogSource } from '../files/log-source.ts';
import type { Host } from '../host.ts';
import { counted, rate, withThousands } from '../terminal/numbers.ts';
import { printable } from '../terminal/printable.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { ScreenText } from '../terminal/screen-text.ts';
import { isCsv } from '../transaction-files/read-transactions.ts';
import type { SendRequest } from './request.ts';

export interface SendScreenOptions {
  readonly request: SendRequest;
  readonly log: LogSource;
  readonly source: string;
  readonly host: Host;
}

/** What `send` tells on standard error while it goes, and in the end. */
export class SendScreen {
  /** Lines on the stream. */
  lines = 0;
  /** Lines that no record can hold. */
  leftOut = 0;
  readonly #options: SendScreenOptions;
  readonly #bar: ProgressBar | undefined;
  readonly #text: ScreenText;
  readonly #started: number;
  #records = 0;

  constructor(options: SendScreenOptions) {
    const { host, log, request } = options;
    this.#options = options;
    this.#started = host.uptime();
    const clock = (): number => host.uptime();
    const isSeen = !request.quiet && host.stderr.isTTY === true && host.env['TERM'] !== 'dumb';
    this.#bar = isSeen ? new ProgressBar({ screen: host.stderr, total: log.size, clock, noun: 'line' }) : undefined;
    this.#text = new ScreenText(host.stderr, this.#bar);
  }

  /** On the stream is so much more; of one record, unless it is said. */
  put({ lines, records = 1 }: { readonly lines: number; readonly records?: number }): void {
    this.lines += lines;
    this.#records += records;
    this.#bar?.show({ bytes: this.#options.log.bytesRead(), events: this.lines });
  }

  /** Lines are counted from 1. */
  overlong(line: number): void {
    this.#leaveOut(line, 'it is longer than a record of the stream can be, 1 MiB');
  }

  bad(line: number, reason: string): void {
    this.#leaveOut(line, printable(reason));
  }

  waiting(error: AwsFailure, seconds: number): void {
    const reason = isUnanswered(error) ? 'the stream does not answer' : printable(error.message);
    if (!this.#options.request.quiet) this.#tell(`${reason}; trying again in ${seconds} s`);
  }

  /** The log has not come to its end. */
  interrupted(): void {
    this.#bar?.wipe();
    const { request, source } = this.#options;
    if (this.#records === 0) return;
    const again = isStandardInput(request.file) ? '' : `; to put the rest, ${howToGoOn(request.file, source)}`;
    this.#options.host.stderr.write(`on the stream so far: ${counted(this.lines, 'line')} of ${this.#name}${again}\n`);
  }

  async finish(): Promise<void> {
    const { request, host } = this.#options;
    const seconds = host.uptime() - this.#started;
    const leftOut = this.leftOut === 0 ? '' : `, ${withThousands(this.leftOut)} left out`;
    const speed = rate(this.lines, seconds, 'line');
    const counts = `${counted(this.lines, 'line')} in ${counted(this.#records, 'record')}`;
    if (!request.quiet) this.#text.write(`${counts}${leftOut} in ${seconds.toFixed(2)} s (${speed})\n`);
    await this.#text.flush();
    this.#bar?.wipe();
  }

  get #name(): string {
    return printable(this.#options.request.file);
  }

  #leaveOut(line: number, reason: string): void {
    this.leftOut++;
    this.#tell(`${this.#name}:${line}: left out, for ${reason}`);
  }

  #tell(line: string): void {
    this.#bar?.wipe();
    this.#options.host.stderr.write(`${line}\n`);
  }
}

/** What is on the stream already is put again then, and counts once: events by their source, transactions by their ids. */
function howToGoOn(file: string, source: string): string {
  return isCsv(file) ? 'send the file again' : `add --source=${source} to the same command`;
}
