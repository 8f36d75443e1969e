import { SeriesClient } from '../../client/series-client.ts';
import { SeriesClosed } from '../../client/series-closed.ts';
import { Pace } from '../send/pace.ts';
import { EXIT_CODES, UsageError } from '../usage-error.ts';
import { expectSame, type ChosenRun } from './choose-run.ts';
import { csvPoints, type CsvPoint } from './csv-points.ts';
import { untilAborted, type Interruption } from './interruption.ts';
import type { StreamRequest } from './request.ts';
import type { StreamContext } from './run-stream.ts';
import type { StreamLogs } from './stream-logs.ts';
import type { StreamScreen } from './stream-screen.ts';

export interface StreamingParts {
  readonly request: StreamRequest;
  readonly context: StreamContext;
  readonly run: ChosenRun;
  readonly logs: StreamLogs;
  readonly screen: StreamScreen;
  readonly interruption: Interruption;
}

/** After an interruption, what is under way is waited for so long. */
const PATIENCE_MS = 5_000;
const FORBIDDEN = 403;

/** The rows of one file on their way through one client. */
export class Streaming {
  readonly #parts: StreamingParts;
  readonly #client: SeriesClient;
  /** The points that were answered in earlier runs of the command: the first ones. */
  readonly #before: number;
  /** The rows without an answer, by their numbers. */
  readonly #rows = new Map<number, CsvPoint>();
  readonly #stopped = new AbortController();

  constructor(parts: StreamingParts) {
    const { request, context, run } = parts;
    this.#parts = parts;
    this.#before = run.answered?.sequence ?? 0;
    this.#client = new SeriesClient({
      url: context.url,
      ...(context.sign && { sign: context.sign }),
      clientId: request.clientId,
      window: request.window,
      source: run.source,
      firstSequence: this.#before + 1,
    });
    this.#listen();
  }

  /** Gives the exit code. @throws SeriesClosed, UsageError */
  async run(): Promise<number> {
    const { screen, interruption, logs } = this.#parts;
    if (this.#before > 0) screen.resumed(this.#before);
    try {
      await this.#sendAll();
      await this.#client.end();
    } catch (error) {
      this.#client.close();
      if (!isInterruption(error)) throw await this.#explained(error);
    }
    if (interruption.exitCode !== undefined) {
      await screen.summary('; the same command goes on from here');
      return interruption.exitCode;
    }
    logs.end();
    await screen.summary('');
    return screen.refusals === 0 ? EXIT_CODES.done : EXIT_CODES.unexpected;
  }

  #listen(): void {
    const { logs, screen, interruption } = this.#parts;
    this.#client
      .on('connected', () => screen.connected())
      .on('sent', (point) => logs.sent(point))
      .on('answer', (answer) => {
        logs.received(answer);
        screen.answered(answer, this.#takeRow(answer.sequence)?.end ?? 0);
      })
      .on('alert', (answer) => screen.alert(answer))
      .on('refused', (refusal) => {
        logs.received(refusal);
        screen.refused(refusal, this.#takeRow(refusal.sequence)?.line ?? 0);
      })
      .on('reconnecting', (pause) => screen.reconnecting(pause))
      .on('closed', () => this.#stopped.abort());
    interruption.signal.addEventListener('abort', () => void this.#leave(), { once: true });
  }

  #takeRow(sequence: number): CsvPoint | undefined {
    const row = this.#rows.get(sequence);
    this.#rows.delete(sequence);
    return row;
  }

  /** Sends no more, and waits for the answers under way for a while and no longer. */
  async #leave(): Promise<void> {
    this.#stopped.abort();
    this.#parts.screen.interrupted(this.#client.unanswered);
    await this.#parts.context.sleep(PATIENCE_MS);
    this.#client.close();
  }

  async #sendAll(): Promise<void> {
    const { request, context, run, screen } = this.#parts;
    const { log, host, sleep } = context;
    const { signal } = this.#stopped;
    const clock = (): number => host.uptime();
    const pace = new Pace({ rate: request.rate, clock, sleep: (milliseconds) => sleep(milliseconds, signal) });
    const rows = csvPoints({ chunks: log.chunks, name: request.file, columns: request.columns });
    let points = 0;
    for await (const row of untilAborted(rows, signal)) {
      if (row.kind === 'bad row') screen.badRow(row);
      else if (++points > this.#before) await this.#send(row, points, pace);
      else if (points === run.answered?.sequence) expectSame(run.answered, row, request.file);
    }
    if (points < this.#before && !signal.aborted) {
      throw new UsageError(
        `${request.file} has only ${points} points, and ${this.#before} were streamed before: the file has changed; --restart begins anew`,
      );
    }
  }

  async #send(row: CsvPoint, sequence: number, pace: Pace): Promise<void> {
    await pace.after(sequence - this.#before - 1);
    if (this.#stopped.signal.aborted) return;
    this.#rows.set(sequence, row);
    await this.#client.send({ timestamp: row.timestamp, value: row.value });
  }

  #refusalIn({ message, status }: SeriesClosed): string {
    const { request, context } = this.#parts;
    if (status !== FORBIDDEN || context.sign === undefined) return message;
    return `${message}; your AWS credentials need the right execute-api:Invoke on this API, and ${request.clientId} must not be a series of another user or role`;
  }

  async #explained(error: unknown): Promise<unknown> {
    if (!(error instanceof SeriesClosed)) return error;
    if (error.reason === 'refused') return new UsageError(this.#refusalIn(error), { cause: error });
    await this.#parts.screen.summary('; the same command goes on from here');
    return error;
  }
}

function isInterruption(error: unknown): boolean {
  return error instanceof SeriesClosed && error.reason === 'ended';
}
