import { createHash } from 'node:crypto';
import path from 'node:path';
import type { NumberedPoint, SeriesAnswer, SeriesRefusal } from '../../client/point.ts';
import { JsonLinesFile, readJsonLines } from './json-lines-file.ts';

/** What was streamed under one `source`. */
export interface StreamRun {
  readonly source: string;
  /** What its numbers count: the points of this file, by these columns. */
  readonly file: string;
  readonly columns: string;
}

export interface UnfinishedRun extends StreamRun {
  /** The last point that was answered; all before it were, too. */
  readonly answered: NumberedPoint | undefined;
}

interface RunRecord extends StreamRun {
  readonly event: 'begin' | 'end';
}

const LONGEST_NAME = 120;

/** What a client has sent and received, in two files of JSON lines. */
export class StreamLogs {
  readonly #sent: JsonLinesFile;
  readonly #received: JsonLinesFile;
  readonly #run: StreamRun;
  readonly #now: () => Date;

  constructor({ folder, clientId, run, now }: StreamLogsOptions) {
    const { sent, received } = logFiles(folder, clientId);
    this.#sent = JsonLinesFile.open(sent);
    this.#received = JsonLinesFile.open(received);
    this.#run = run;
    this.#now = now;
  }

  begin(): void {
    this.#sent.append({ event: 'begin', ...this.#run, at: this.#now() });
  }

  sent({ sequence, timestamp, value }: NumberedPoint): void {
    this.#sent.append({ sequence, timestamp, value, at: this.#now() });
  }

  received(answer: SeriesAnswer | SeriesRefusal): void {
    this.#received.append({ source: this.#run.source, ...answer, at: this.#now() });
  }

  /** All of the file has been answered. */
  end(): void {
    this.#sent.append({ event: 'end', ...this.#run, at: this.#now() });
  }

  close(): void {
    this.#sent.close();
    this.#received.close();
  }
}

export interface StreamLogsOptions {
  readonly folder: string;
  readonly clientId: string;
  readonly run: StreamRun;
  readonly now: () => Date;
}

/** The run that a client has begun last, if it did not come to its end. */
export async function findUnfinishedRun(folder: string, clientId: string): Promise<UnfinishedRun | undefined> {
  const { sent, received } = logFiles(folder, clientId);
  let last: RunRecord | undefined;
  for await (const record of readJsonLines(sent, (text) => text.startsWith('{"event":'))) last = record as RunRecord;
  if (last === undefined || last.event === 'end') return undefined;
  let answered: NumberedPoint | undefined;
  const own = `{"source":${JSON.stringify(last.source)},`;
  for await (const record of readJsonLines(received, (text) => text.startsWith(own)))
    answered = record as NumberedPoint;
  return { ...last, answered };
}

function logFiles(folder: string, clientId: string): { readonly sent: string; readonly received: string } {
  const name = fileName(clientId);
  return { sent: path.join(folder, `${name}.sent.jsonl`), received: path.join(folder, `${name}.received.jsonl`) };
}

/** A name that every file system takes, and another for each client. */
function fileName(clientId: string): string {
  const plain = encodeURIComponent(clientId).replaceAll('*', '%2A').replace(/^\./, '%2E');
  if (plain.length <= LONGEST_NAME) return plain;
  return `${plain.slice(0, LONGEST_NAME)}-${createHash('sha256').update(clientId).digest('hex').slice(0, 16)}`;
}
