import { TRANSACTION_MODES, type TransactionMode } from '../../core/transactions/detectors.ts';
import { isStandardInput } from '../files/inspect-log.ts';
import type { ArgumentValues, OptionValues } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { EVALUATE_ARGUMENTS, EVALUATE_OPTIONS } from './options.ts';

/** What a run of `evaluate` is asked to do. */
export interface EvaluateRequest {
  readonly file: string;
  readonly modes: readonly TransactionMode[];
  readonly trainShare: number;
  readonly flagged: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

export function readRequest(
  values: ArgumentValues<typeof EVALUATE_ARGUMENTS> & OptionValues<typeof EVALUATE_OPTIONS>,
): EvaluateRequest {
  const { file, mode = 'all', flagged, json, quiet } = values;
  if (isStandardInput(file)) throw new UsageError('FILE must be a file, for it is read twice (given standard input)');
  return {
    file,
    modes: readModes(mode),
    trainShare: readShare('train-share', values['train-share'] ?? '0.5'),
    flagged: readShare('flagged', flagged ?? '0.05'),
    json,
    quiet,
  };
}

function readModes(mode: string): readonly TransactionMode[] {
  if (mode === 'all') return TRANSACTION_MODES;
  const known = TRANSACTION_MODES.find((name) => name === mode);
  if (known !== undefined) return [known];
  throw new UsageError(`--mode must be ${TRANSACTION_MODES.join(', ')} or all (given ${JSON.stringify(mode)})`);
}

function readShare(name: string, given: string): number {
  const share = Number(given);
  if (/^0?\.\d{1,9}$/.test(given) && share > 0) return share;
  throw new UsageError(`--${name} must be a number between 0 and 1, such as 0.5 (given ${JSON.stringify(given)})`);
}
