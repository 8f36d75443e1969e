import { createHash } from 'node:crypto';
import {
  NoSuchObject,
  identityOf,
  notesOf,
  type FoundObject,
  type ListedObject,
  type ObjectNotes,
  type ObjectStore,
  type OpenObject,
} from './object-store.ts';

interface StoredObject extends Partial<ObjectNotes> {
  readonly body: Uint8Array;
  readonly lastModified: Date;
}

/** A bucket in memory. */
export class MemoryObjectStore implements ObjectStore {
  readonly #objects = new Map<string, StoredObject>();
  readonly #now: () => Date;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  async put(key: string, body: Uint8Array | string, told?: string | ObjectNotes): Promise<void> {
    this.#objects.set(key, { body: Buffer.from(body), ...notesOf(told), lastModified: this.#now() });
  }

  async replace(
    key: string,
    body: Uint8Array | string,
    found: Pick<FoundObject, 'etag'> | undefined,
  ): Promise<boolean> {
    const stored = this.#objects.get(key);
    if ((stored && foundObject(stored).etag) !== found?.etag) return false;
    await this.put(key, body);
    return true;
  }

  async get(key: string): Promise<Uint8Array> {
    return Uint8Array.from(this.#stored(key).body);
  }

  async open(key: string): Promise<OpenObject> {
    const stored = this.#stored(key);
    return { ...foundObject(stored), body: piecesOf(stored.body), discard: () => undefined };
  }

  async find(key: string): Promise<FoundObject | undefined> {
    const stored = this.#objects.get(key);
    return stored && foundObject(stored);
  }

  async *list(prefix: string, after?: string): AsyncGenerator<ListedObject> {
    const keys = [...this.#objects.keys()].filter(
      (key) => key.startsWith(prefix) && (after === undefined || compareKeys(key, after) > 0),
    );
    for (const key of keys.toSorted(compareKeys)) {
      const stored = this.#objects.get(key);
      if (stored) yield { key, size: stored.body.length, lastModified: stored.lastModified };
    }
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#objects.delete(key);
  }

  async purge(key: string, before: number, kept?: Pick<FoundObject, 'etag'>): Promise<number> {
    const stored = this.#objects.get(key);
    if (stored !== undefined && foundObject(stored).etag === kept?.etag) return 0;
    return stored !== undefined && stored.lastModified.getTime() < before ? Number(this.#objects.delete(key)) : 0;
  }

  #stored(key: string): StoredObject {
    const stored = this.#objects.get(key);
    if (stored === undefined) throw new NoSuchObject(key);
    return stored;
  }
}

function foundObject({ body, lastModified, metadata = {} }: StoredObject): FoundObject {
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  return { size: body.length, etag, identity: identityOf(etag, lastModified), lastModified, metadata };
}

const PIECE = 64 * 1024;

async function* piecesOf(body: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < body.length; start += PIECE) yield body.slice(start, start + PIECE);
}

/** As S3 orders them: by their bytes in UTF-8. */
function compareKeys(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
