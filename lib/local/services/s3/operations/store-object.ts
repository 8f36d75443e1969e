import { randomUUID } from 'node:crypto';
import type { ObjectCreatedReason } from '../object-created.ts';
import { checkWrite } from '../protocol/preconditions.ts';
import type { Catalogue } from '../storage/catalogue.ts';
import type { Entry } from '../storage/entry.ts';
import { bucketIn } from '../storage/storage.ts';
import type { PendingEvent, StoredObject } from '../storage/stored-object.ts';
import type { Call } from './call.ts';

/** What the maker of an object decides; the rest follows from the request. */
export type NewObject = Pick<StoredObject, 'size' | 'etag' | 'pieces' | 'headers' | 'checksum' | 'uploadId'>;

/** Commits an object whose bytes lie ready, and tells of it. If it is refused, its bytes go. */
export async function storeObject(call: Call, made: NewObject, reason: ObjectCreatedReason): Promise<StoredObject> {
  const { bucket, key } = call.request;
  const stored = await commitOrDrop(call, made, (catalogue) => {
    const { eventBridge, objects } = bucketIn(catalogue, bucket);
    checkWrite(objects.get(key), call.request.headers);
    const lastModified = Math.floor(call.now / 1000) * 1000;
    const object = { ...made, key, lastModified, sequencer: catalogue.nextSequencer() };
    if (!eventBridge) return { do: 'put', bucket, object };
    return { do: 'put', bucket, object, event: eventOf(object, { call, reason }) };
  });
  if (stored.event !== undefined) call.events.tell(stored.event);
  return stored.object;
}

type PutEntry = Extract<Entry, { do: 'put' }>;

async function commitOrDrop(
  call: Call,
  made: NewObject,
  decide: (catalogue: Catalogue) => PutEntry,
): Promise<PutEntry> {
  const { bucket, key } = call.request;
  // A completed upload changes the upload as well as the key.
  const scope = made.uploadId === undefined ? `${bucket}/${key}` : '*';
  let entry: PutEntry | undefined;
  try {
    await call.ledger.commit(scope, (catalogue) => {
      entry = decide(catalogue);
      return [entry];
    });
    if (entry === undefined) throw new Error('the ledger committed without deciding');
    return entry;
  } catch (error) {
    // The parts of an upload stay: it may be completed again, or aborted.
    if (made.uploadId === undefined) call.files.remove(made.pieces.map(({ file }) => file));
    throw error;
  }
}

function eventOf(object: StoredObject, { call, reason }: { call: Call; reason: ObjectCreatedReason }): PendingEvent {
  const { key, size, etag, sequencer } = object;
  const { bucket, id: requestId } = call.request;
  return { id: randomUUID(), bucket, key, size, etag, sequencer, at: call.now, requestId, reason };
}
