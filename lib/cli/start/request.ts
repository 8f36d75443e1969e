import type { RunPorts } from '../../local/local-run.ts';
import { USUAL_DATA_FOLDER } from '../connect/target.ts';
import type { OptionValues } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { START_OPTIONS } from './options.ts';

export interface StartRequest {
  readonly data: string;
  readonly ports: RunPorts;
  readonly demo: boolean;
  /** Settings that replace those in cdk.json. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const USUAL_PORT = '3000';
const ANY: RunPorts = { front: 0, s3: 0, dynamodb: 0, kinesis: 0, lambda: 0 };
const HIGHEST_FIRST_PORT = 65_531;

export function readRequest({ data, port, demo, basic }: OptionValues<typeof START_OPTIONS>): StartRequest {
  const settings = basic ? { transactionDetector: 'basic' } : {};
  return { data: data ?? USUAL_DATA_FOLDER, ports: readPorts(port ?? USUAL_PORT), demo, settings };
}

/** The first one is the front's. */
function readPorts(given: string): RunPorts {
  const port = Number(given);
  if (!/^\d{1,5}$/.test(given) || port > HIGHEST_FIRST_PORT) {
    throw new UsageError(`--port must be an integer from 0 to ${HIGHEST_FIRST_PORT} (given ${JSON.stringify(given)})`);
  }
  if (port === 0) return ANY;
  return { front: port, s3: port + 1, dynamodb: port + 2, kinesis: port + 3, lambda: port + 4 };
}
