import { readRedriveAnswer, type RedrivenPart } from '../../core/operations/redrive.ts';
import type { Failure } from '../../core/operations/read-failure.ts';
import { FunctionFailed } from '../connect/invoke-function.ts';
import type { System } from '../connect/system.ts';
import type { KeptFailure } from './kept-failures.ts';

/** What became of an object. It is removed when it is `done`, and of a dry run never. */
export interface RedrivenObject {
  readonly key: string;
  readonly kind: Failure['kind'] | 'unreadable';
  readonly function?: string;
  /** Why Lambda gave up. */
  readonly condition?: string;
  readonly done: boolean;
  /** Of a batch: what became of its lines. */
  readonly parts: readonly RedrivenPart[];
  /** Somebody else has put it back and removed it meanwhile. */
  readonly gone?: true;
  /** Why it stays. */
  readonly reason?: string;
}

export interface RedriveRun {
  readonly system: Pick<System, 'callFunction'>;
  readonly isDryRun: boolean;
}

/** Puts one object's batch or event back, by calling the function that it was kept for. */
export async function redriveOne({ key, failure }: KeptFailure, run: RedriveRun): Promise<RedrivenObject> {
  if (typeof failure === 'string') return { key, kind: 'unreadable', done: false, parts: [], reason: failure };
  const told = { key, kind: failure.kind, function: failure.functionName, condition: failure.condition };
  try {
    return { ...told, ...(await callFor(key, failure, run)) };
  } catch (error) {
    if (!hasFailed(error)) throw error;
    return { ...told, done: false, parts: [], reason: error.message };
  }
}

type Outcome = Pick<RedrivenObject, 'done' | 'parts' | 'gone' | 'reason'>;

async function callFor(key: string, failure: Failure, { system, isDryRun }: RedriveRun): Promise<Outcome> {
  if (failure.kind === 'invocation') {
    if (!isDryRun) await system.callFunction(failure.functionName, failure.payload);
    return { done: true, parts: [] };
  }
  const answer = readRedriveAnswer(await system.callFunction(failure.functionName, { redrive: { key, isDryRun } }));
  if (answer.outcome === 'gone') return { done: true, parts: [], gone: true };
  if (answer.outcome === 'refused') return { done: false, parts: [], reason: answer.reason };
  const { parts } = answer;
  const reason = reasonIn(parts);
  return { done: reason === undefined, parts, ...(reason !== undefined && { reason }) };
}

function reasonIn(parts: readonly RedrivenPart[]): string | undefined {
  const failed = parts.find(({ failure }) => failure !== undefined);
  if (failed !== undefined) return `${failed.name}: ${failed.failure}`;
  const unknown = parts.reduce((sum, part) => sum + part.unknown, 0);
  if (unknown === 0) return undefined;
  return `of ${unknown === 1 ? 'a line' : `${unknown} lines`} the history does not tell any more whether ${unknown === 1 ? 'it was' : 'they were'} applied`;
}

/** The function has failed, or there is none of that name any more. */
function hasFailed(error: unknown): error is Error {
  return error instanceof FunctionFailed || (error instanceof Error && error.name === 'ResourceNotFoundException');
}
