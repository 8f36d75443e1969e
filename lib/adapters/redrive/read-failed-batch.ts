import { reject, type Parsed } from '../../core/events/event.ts';
import { readFailure, type FailedBatch, type Failure } from '../../core/operations/read-failure.ts';
import { NoSuchObject, type ObjectStore } from '../objects/object-store.ts';

/** What Lambda keeps in an object of the journal bucket; undefined if there is no such object any more. */
export async function readFailureObject(
  journal: Pick<ObjectStore, 'get'>,
  key: string,
): Promise<Parsed<Failure> | undefined> {
  try {
    return readFailure(new TextDecoder().decode(await journal.get(key)));
  } catch (error) {
    if (error instanceof NoSuchObject) return undefined;
    throw error;
  }
}

/** Likewise, where it has to be a batch of the stream. */
export async function readFailedBatch(
  journal: Pick<ObjectStore, 'get'>,
  key: string,
): Promise<Parsed<FailedBatch> | undefined> {
  const failure = await readFailureObject(journal, key);
  if (failure === undefined || !failure.ok) return failure;
  return failure.value.kind === 'batch'
    ? { ok: true, value: failure.value }
    : reject('it is an event, not a batch of the stream');
}
