import { parseDegrees, parseTracked } from '../../core/events/log-header.ts';
import { isStandardInput } from '../files/inspect-log.ts';
import type { OptionValues } from '../options.ts';
import { UsageError, valueOf } from '../usage-error.ts';
import type { DETECT_OPTIONS } from './options.ts';

/** What a run of `detect` is asked to do. */
export interface DetectRequest {
  readonly batchLog: string;
  readonly streamLog: string;
  readonly output: string;
  readonly rejected: string | undefined;
  readonly degrees: number | undefined;
  readonly tracked: number | undefined;
  readonly explain: boolean;
  readonly quiet: boolean;
}

export function readRequest(values: OptionValues<typeof DETECT_OPTIONS>): DetectRequest {
  const { degrees, tracked, output, rejected, explain, quiet } = values;
  const batchLog = values['batch-log'];
  const streamLog = values['stream-log'];
  if (isStandardInput(batchLog) && isStandardInput(streamLog)) {
    throw new UsageError('only one of --batch-log and --stream-log can be standard input');
  }
  return {
    batchLog,
    streamLog,
    output,
    rejected,
    degrees: degrees === undefined ? undefined : valueOf(parseDegrees(degrees, '--degrees')),
    tracked: tracked === undefined ? undefined : valueOf(parseTracked(tracked, '--tracked')),
    explain,
    quiet,
  };
}
