import type { ErasureTarget } from '../../core/erasure/erasure.ts';
import { readTarget as readErasureTarget } from '../../core/erasure/read-target.ts';
import { readTarget, type Target } from '../connect/target.ts';
import type { OptionValues } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { DELETE_OPTIONS } from './options.ts';

export interface DeleteRequest {
  readonly target: ErasureTarget;
  readonly system: Target;
  readonly isConfirmed: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

export function readRequest(values: OptionValues<typeof DELETE_OPTIONS>): DeleteRequest {
  const { network, user, client, yes, json, quiet } = values;
  const target = readErasureTarget({ network, user, client });
  if (!target.ok) throw new UsageError(withOptions(target.reason));
  return { target: target.value, system: readTarget(values), isConfirmed: yes, json, quiet };
}

/** A reason with the options that it is about as they are typed. */
function withOptions(reason: string): string {
  return reason.startsWith('one of ') ? reason.replaceAll(/network|user|client/g, '--$&') : `--${reason}`;
}
