import { readConnectRequest } from '../../core/series-cloud/connect-request.ts';
import { readTarget, type Target } from '../connect/target.ts';
import type { ArgumentValues, OptionValues } from '../options.ts';
import { UsageError, valueOf } from '../usage-error.ts';
import type { STREAM_ARGUMENTS, STREAM_OPTIONS } from './options.ts';

/** What a run of `stream` is asked to do. */
export interface StreamRequest {
  readonly file: string;
  readonly clientId: string;
  readonly window: number;
  /** Names that were given for them. */
  readonly columns: { readonly timestamp: string | undefined; readonly value: string | undefined };
  /** Points a second. */
  readonly rate: number | undefined;
  readonly logs: string;
  readonly restart: boolean;
  readonly quiet: boolean;
  readonly where: { readonly kind: 'url'; readonly url: string } | { readonly kind: 'system'; readonly target: Target };
}

const USUAL_LOGS = 'logs';

export function readRequest(
  values: ArgumentValues<typeof STREAM_ARGUMENTS> & OptionValues<typeof STREAM_OPTIONS>,
): StreamRequest {
  // The same rules as the server's, so that they are told before anything is read.
  const { client, window } = valueOf(
    readConnectRequest({ client_id: values['client-id'], window: values.window, source: undefined }),
  );
  return {
    file: values.file,
    clientId: client,
    window,
    columns: { timestamp: values['timestamp-column'], value: values['value-column'] },
    rate: readRate(values.rate),
    logs: values.logs ?? USUAL_LOGS,
    restart: values.restart,
    quiet: values.quiet,
    where: readWhere(values),
  };
}

function readWhere(values: OptionValues<typeof STREAM_OPTIONS>): StreamRequest['where'] {
  const { url } = values;
  if (url === undefined) return { kind: 'system', target: readTarget(values) };
  if (values.data !== undefined || values.stack !== undefined) {
    throw new UsageError('only one of --url, --data and --stack can be given');
  }
  if (URL.canParse(url) && /^wss?:$/.test(new URL(url).protocol)) return { kind: 'url', url };
  throw new UsageError(
    `--url must be the address of a WebSocket, such as ws://127.0.0.1:3000/series (given ${JSON.stringify(url)})`,
  );
}

function readRate(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,9}(\.\d{1,3})?$/.test(given) && Number(given) > 0) return Number(given);
  throw new UsageError(`--rate must be a number of points a second, more than 0 (given ${JSON.stringify(given)})`);
}
