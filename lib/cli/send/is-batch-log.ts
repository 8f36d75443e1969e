import { parseLogHeader } from '../../core/events/log-header.ts';
import { splitHeader } from '../../core/events/split-header.ts';
import { isHeader } from '../files/is-header.ts';
import { findLog } from '../files/log-source.ts';
import type { Host } from '../host.ts';
import { isCsv } from '../transaction-files/read-transactions.ts';
import { UsageError, valueOf } from '../usage-error.ts';
import type { SendRequest } from './request.ts';

/** Looks at the first line of a file; a pipe, which can be read only once, holds events. @throws UsageError for a bad D or T */
export async function isBatchLog({ file, rate, source }: SendRequest, host: Host): Promise<boolean> {
  const log = await findLog(file, host);
  if (log.size === undefined || isCsv(file)) return false;
  const { line } = await splitHeader(log.chunks);
  await log.chunks.return(undefined);
  if (!isHeader(line)) return false;
  valueOf(parseLogHeader(line));
  if (rate !== undefined || source !== undefined) {
    throw new UsageError(`${file} is a batch log, which is loaded as a whole: --rate and --source are for stream logs`);
  }
  return true;
}
