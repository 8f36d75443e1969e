import type { Pause } from '../../client/lasting-connection.ts';
import type { SeriesAnswer, SeriesRefusal } from '../../client/point.ts';
import type { LogSource } from '../files/log-source.ts';
import type { Host } from '../host.ts';
import { counted, rate, withThousands } from '../terminal/numbers.ts';
import { paintFor } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { ScreenText } from '../terminal/screen-text.ts';
import { alertSentence } from './alert-sentence.ts';
import type { BadRow } from './csv-points.ts';
import { Latencies } from './latencies.ts';

export interface StreamScreenOptions {
  readonly log: LogSource;
  readonly quiet: boolean;
  readonly host: Host;
}

/** So many are told one by one; the summary counts them all. */
const MOST_BAD_ROWS_TOLD = 20;

/** What `stream` tells: alerts on standard output, all else on standard error. */
export class StreamScreen {
  /** Points that the server did not take. */
  refusals = 0;
  readonly #options: StreamScreenOptions;
  readonly #bar: ProgressBar | undefined;
  readonly #text: ScreenText;
  readonly #started: number;
  readonly #latencies = new Latencies();
  readonly #counts = { points: 0, anomalies: 0, alerts: 0, late: 0, reconnects: 0 };
  #badRows = 0;
  #isConnected = false;

  constructor(options: StreamScreenOptions) {
    const { host, log, quiet } = options;
    this.#options = options;
    this.#started = host.uptime();
    const clock = (): number => host.uptime();
    const isSeen = !quiet && host.stderr.isTTY === true && host.env['TERM'] !== 'dumb';
    // Of a zipped file, nobody knows beforehand how long it is.
    const total = log.path.endsWith('.gz') ? undefined : log.size;
    this.#bar = isSeen ? new ProgressBar({ screen: host.stderr, total, clock, noun: 'point' }) : undefined;
    this.#text = new ScreenText(host.stderr, this.#bar);
  }

  /** `bytes`: where in the file the answered point ends. */
  answered({ anomaly, late, waited }: SeriesAnswer, bytes: number): void {
    this.#counts.points++;
    this.#counts.anomalies += Number(anomaly);
    this.#counts.late += Number(late);
    this.#latencies.add(waited);
    this.#bar?.show({ bytes, events: this.#counts.points });
  }

  alert(answer: SeriesAnswer): void {
    const { stdout } = this.#options.host;
    this.#counts.alerts++;
    this.#bar?.wipe();
    const line = stdout.isTTY === true ? alertSentence(answer, paintFor(stdout)) : JSON.stringify(answer);
    stdout.write(`${line}\n`);
  }

  refused({ reason }: SeriesRefusal, line: number): void {
    this.refusals++;
    this.#tell(`${this.#name}:${line}: refused by the server: ${printable(reason)}`);
  }

  badRow({ line, reason }: BadRow): void {
    this.#badRows++;
    if (this.#badRows <= MOST_BAD_ROWS_TOLD) this.#tell(`${this.#name}:${line}: skipped, for ${printable(reason)}`);
    if (this.#badRows === MOST_BAD_ROWS_TOLD) this.#tell('further rows that are skipped are only counted');
  }

  connected(): void {
    if (this.#isConnected) this.#counts.reconnects++;
    this.#isConnected = true;
  }

  reconnecting({ reason, pause }: Pause): void {
    this.#tell(`${printable(reason)}; connecting again in ${(pause / 1000).toFixed(1)} s`);
  }

  resumed(points: number): void {
    this.#tell(`going on after ${counted(points, 'point')} that were answered before; --restart begins anew`);
  }

  interrupted(unanswered: number): void {
    const rest = unanswered === 0 ? '' : `; waiting for ${counted(unanswered, 'answer')}, Ctrl-C again does not`;
    this.#tell(`interrupted${rest}`);
  }

  /** Tells how it went, whether or not all was answered. */
  async summary(outcome: string): Promise<void> {
    const { host, quiet } = this.#options;
    const seconds = host.uptime() - this.#started;
    const { points, anomalies, alerts, late, reconnects } = this.#counts;
    const counts = [
      `${counted(points, 'point')} answered`,
      anomalies === 1 ? '1 anomaly' : `${withThousands(anomalies)} anomalies`,
      counted(alerts, 'alert'),
      `${withThousands(late)} late`,
      ...(this.refusals > 0 ? [`${withThousands(this.refusals)} refused`] : []),
      ...(this.#badRows > 0 ? [`${counted(this.#badRows, 'row')} skipped`] : []),
      counted(reconnects, 'reconnect'),
    ];
    const speed = `in ${seconds.toFixed(2)} s (${rate(points, seconds, 'point')})`;
    if (!quiet) this.#text.write(`${counts.join(', ')} ${speed}${this.#latency(points)}${outcome}\n`);
    await this.#text.flush();
    this.#bar?.wipe();
  }

  #latency(points: number): string {
    if (points === 0) return '';
    const [median, p99] = [50, 99].map((percent) => `${this.#latencies.percentile(percent).toPrecision(3)} ms`);
    return `; half of the answers within ${median}, 99 % within ${p99}`;
  }

  get #name(): string {
    return printable(this.#options.log.path);
  }

  #tell(line: string): void {
    if (this.#options.quiet) return;
    this.#bar?.wipe();
    this.#options.host.stderr.write(`${line}\n`);
  }
}
