import { parseLogHeader, type NetworkParameters } from '../../core/events/log-header.ts';
import { splitHeader } from '../../core/events/split-header.ts';
import { isHeader } from '../files/is-header.ts';
import type { LogSource } from '../files/log-source.ts';
import { shortPrintable } from '../terminal/printable.ts';
import { UsageError } from '../usage-error.ts';
import type { DetectRequest } from './request.ts';

/** What a batch log's first line says, and what follows it. */
export interface BatchHead {
  readonly parameters: NetworkParameters;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The line number that the chunks begin with. */
  readonly firstLine: number;
}

/** Reads D and T. Where the caller gives both, a log without them will do. */
export async function readBatchHead(log: LogSource, request: DetectRequest): Promise<BatchHead> {
  const { degrees, tracked } = request;
  const { line, lineNumber, rest } = await splitHeader(log.chunks);
  const following = { chunks: rest, firstLine: lineNumber + 1 };
  const header = parseLogHeader(line);
  if (header.ok) {
    const parameters = { degrees: degrees ?? header.value.degrees, tracked: tracked ?? header.value.tracked };
    return { parameters, ...following };
  }
  if (degrees === undefined || tracked === undefined) throw badHeader(log.path, line && header.reason, lineNumber);
  const parameters = { degrees, tracked };
  if (isHeader(line)) return { parameters, ...following };
  return { parameters, chunks: withLine(line, rest), firstLine: lineNumber };
}

const ADVICE = 'the first line must hold D and T, such as {"D":"3", "T":"50"}; or give both --degrees and --tracked';

function badHeader(path: string, reason: string, lineNumber: number): UsageError {
  if (reason === '') return new UsageError(`${path} is empty: ${ADVICE}`);
  return new UsageError(`${path}:${lineNumber}: ${shortPrintable(reason, 200)}; ${ADVICE}`);
}

async function* withLine(line: string, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${line}\n`);
  yield* rest;
}
