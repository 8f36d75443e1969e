import type { OptionValues } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { CONNECT_OPTIONS } from './options.ts';

/** Which system a command works on. */
export type Target =
  { readonly kind: 'local run'; readonly data: string } | { readonly kind: 'deployed stack'; readonly stack: string };

export const USUAL_DATA_FOLDER = '.flagstone';

// As CloudFormation has it: a name, or an ARN.
const STACK = /^(?:[A-Za-z][A-Za-z0-9-]{0,127}|arn:\S+)$/;

export function readTarget({ data, stack }: OptionValues<typeof CONNECT_OPTIONS>): Target {
  if (stack === undefined) return { kind: 'local run', data: data ?? USUAL_DATA_FOLDER };
  if (data !== undefined) throw new UsageError('only one of --data and --stack can be given');
  if (STACK.test(stack)) return { kind: 'deployed stack', stack };
  throw new UsageError(
    `--stack must be the name of a CloudFormation stack: a letter, then letters, digits and hyphens (given ${JSON.stringify(stack)})`,
  );
}
