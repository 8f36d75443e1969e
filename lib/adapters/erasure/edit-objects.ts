import { text as textOf } from 'node:stream/consumers';
import { NoSuchObject, type FoundObject, type ListedObject, type ObjectStore } from '../objects/object-store.ts';
import { eachAtOnce } from '../state/each-at-once.ts';
import type { ErasureStep, ErasureWork } from './erasure-step.ts';

export interface ObjectEditing {
  readonly name: string;
  /** As what is removed is told: `flagged objects`. */
  readonly kind: string;
  readonly bucket: ObjectStore;
  readonly prefix: string;
  /** What is to become of an object, by its key and time alone. */
  readonly choose: (object: ListedObject) => 'keep' | 'remove' | 'edit';
  /** What is left of an object; the same text where nothing is to go, undefined or nothing where all is. */
  readonly edit?: (text: string) => string | undefined;
}

interface ReadObject extends Pick<FoundObject, 'metadata'> {
  readonly text: string;
}

const AT_ONCE = 32;
const OBJECTS_PER_LOOK = 512;

/** Removes objects under a prefix, or parts of them, in the order of their keys. */
export function editObjects(editing: ObjectEditing): ErasureStep {
  return { name: editing.name, run: async (work) => editAll(editing, work) };
}

async function editAll(editing: ObjectEditing, work: ErasureWork): Promise<string | undefined> {
  let lot: ListedObject[] = [];
  for await (const object of editing.bucket.list(editing.prefix, work.after)) {
    lot.push(object);
    if (lot.length < OBJECTS_PER_LOOK) continue;
    await editLot(editing, work, lot);
    if (work.isOutOfTime()) return object.key;
    lot = [];
  }
  await editLot(editing, work, lot);
  return undefined;
}

async function editLot(editing: ObjectEditing, work: ErasureWork, lot: readonly ListedObject[]): Promise<void> {
  const { bucket, kind, choose, edit } = editing;
  const chosen = lot.map((object) => ({ key: object.key, choice: choose(object) }));
  const gone = chosen.filter(({ choice }) => choice === 'remove').map(({ key }) => key);
  let edited = 0;
  const keys = chosen.filter(({ choice }) => choice === 'edit').map(({ key }) => key);
  await eachAtOnce(keys, AT_ONCE, async (key) => {
    const object = await read(bucket, key);
    if (object === undefined) return;
    const left = edit?.(object.text);
    if (left === object.text) return;
    if (left === undefined || left === '') gone.push(key);
    else {
      await bucket.put(key, left, { contentType: contentTypeOf(left), metadata: object.metadata });
      edited++;
    }
  });
  await bucket.remove(gone);
  if (gone.length > 0) work.removed(kind, gone.length);
  if (edited > 0) work.removed(`${kind}, in part`, edited);
}

async function read(bucket: ObjectStore, key: string): Promise<ReadObject | undefined> {
  try {
    const { body, metadata, discard } = await bucket.open(key);
    try {
      return { text: await textOf(body), metadata };
    } finally {
      discard();
    }
  } catch (error) {
    if (error instanceof NoSuchObject) return undefined;
    throw error;
  }
}

function contentTypeOf(text: string): string {
  return text.trimEnd().includes('\n') && !text.startsWith('{\n') ? 'application/x-ndjson' : 'application/json';
}
