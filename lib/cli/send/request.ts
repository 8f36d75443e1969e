import type { NetworkName } from '../../core/network/network-name.ts';
import { readTarget, type Target } from '../connect/target.ts';
import { readNetwork } from '../network-option.ts';
import type { ArgumentValues, OptionValues } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { SEND_ARGUMENTS, SEND_OPTIONS } from './options.ts';

/** What a run of `send` is asked to do. */
export interface SendRequest {
  readonly file: string;
  readonly network: NetworkName;
  /** Lines a second. */
  readonly rate: number | undefined;
  readonly source: string | undefined;
  readonly quiet: boolean;
  readonly target: Target;
}

const SOURCE = /^[A-Za-z0-9][\w.-]{0,63}$/;

export function readRequest(
  values: ArgumentValues<typeof SEND_ARGUMENTS> & OptionValues<typeof SEND_OPTIONS>,
): SendRequest {
  const { file, network, rate, source, quiet } = values;
  if (source !== undefined && !SOURCE.test(source)) {
    throw new UsageError(
      `--source must be what an earlier send has said, such as s-1a2b3c4d (given ${JSON.stringify(source)})`,
    );
  }
  return { file, network: readNetwork(network), rate: readRate(rate), source, quiet, target: readTarget(values) };
}

function readRate(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,9}(\.\d{1,3})?$/.test(given) && Number(given) > 0) return Number(given);
  throw new UsageError(`--rate must be a number of lines a second, more than 0 (given ${JSON.stringify(given)})`);
}
