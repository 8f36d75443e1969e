import type { Entry } from './entry.ts';
import { bytesOfKey, KeyList } from './key-list.ts';
import type { Part, PendingEvent, StoredObject, Upload } from './stored-object.ts';

export interface Bucket {
  readonly name: string;
  readonly createdAt: number;
  readonly location: string;
  eventBridge: boolean;
  readonly objects: Map<string, StoredObject>;
  readonly keys: KeyList;
}

export interface UploadInProgress {
  readonly upload: Upload;
  readonly parts: Map<number, Part>;
}

type Apply<Kind extends Entry['do']> = (entry: Extract<Entry, { do: Kind }>) => void;

/** All that S3 holds but for the bytes, in memory: what the entries of the ledger add up to. */
export class Catalogue {
  readonly buckets = new Map<string, Bucket>();
  readonly uploads = new Map<string, UploadInProgress>();
  readonly events = new Map<string, PendingEvent>();
  #next = 1;
  #freed: string[] = [];

  /** A number above all given before, also before a restart: hexadecimal, always of one length. */
  nextSequencer(): string {
    return (this.#next++).toString(16).toUpperCase().padStart(18, '0');
  }

  /** Gives the files that nothing refers to any more. */
  apply(entry: Entry): string[] {
    const apply = this.#applying[entry.do] as (entry: Entry) => void;
    apply(entry);
    const freed = this.#freed;
    this.#freed = [];
    return freed;
  }

  /** How many entries would make this catalogue. */
  get size(): number {
    let size = 1 + this.events.size;
    for (const bucket of this.buckets.values()) size += 2 + bucket.objects.size;
    for (const { parts } of this.uploads.values()) size += 1 + parts.size;
    return size;
  }

  *entries(): Iterable<Entry> {
    yield { do: 'count', next: this.#next };
    for (const bucket of this.buckets.values()) yield* entriesOfBucket(bucket);
    for (const { upload, parts } of this.uploads.values()) {
      yield { do: 'create-upload', upload };
      for (const part of parts.values()) yield { do: 'put-part', uploadId: upload.id, part };
    }
    for (const event of this.events.values()) yield { do: 'await-acknowledgement', event };
  }

  /** The names of the files that hold bytes. */
  files(): Set<string> {
    const files = new Set<string>();
    for (const { objects } of this.buckets.values()) {
      for (const { pieces } of objects.values()) for (const { file } of pieces) files.add(file);
    }
    for (const { parts } of this.uploads.values()) for (const { piece } of parts.values()) files.add(piece.file);
    return files;
  }

  readonly #applying: { readonly [Kind in Entry['do']]: Apply<Kind> } = {
    'create-bucket': ({ bucket, at, location }) => {
      const empty = { eventBridge: false, objects: new Map<string, StoredObject>(), keys: new KeyList() };
      this.buckets.set(bucket, { name: bucket, createdAt: at, location, ...empty });
    },
    'delete-bucket': ({ bucket }) => {
      this.buckets.delete(bucket);
      for (const { upload } of this.uploads.values()) if (upload.bucket === bucket) this.#dropUpload(upload.id);
    },
    notify: ({ bucket, eventBridge }) => {
      this.#bucket(bucket).eventBridge = eventBridge;
    },
    put: ({ bucket, object, event }) => {
      this.#put(this.#bucket(bucket), object);
      if (event !== undefined) this.events.set(event.sequencer, event);
    },
    delete: ({ bucket, keys }) => {
      for (const key of keys) this.#delete(this.#bucket(bucket), key);
    },
    'create-upload': ({ upload }) => {
      this.uploads.set(upload.id, { upload, parts: new Map() });
    },
    'put-part': ({ uploadId, part }) => {
      const { parts } = this.#upload(uploadId);
      const before = parts.get(part.number);
      if (before !== undefined) this.#freed.push(before.piece.file);
      parts.set(part.number, part);
    },
    'drop-upload': ({ uploadId }) => this.#dropUpload(uploadId),
    'await-acknowledgement': ({ event }) => {
      this.events.set(event.sequencer, event);
    },
    acknowledge: ({ sequencer }) => {
      this.events.delete(sequencer);
    },
    count: ({ next }) => {
      this.#next = Math.max(this.#next, next);
    },
  };

  #put(bucket: Bucket, object: StoredObject): void {
    this.#next = Math.max(this.#next, Number.parseInt(object.sequencer, 16) + 1);
    const kept = new Set(object.pieces.map(({ file }) => file));
    if (object.uploadId !== undefined) this.#dropUpload(object.uploadId, kept);
    this.#free(bucket.objects.get(object.key)?.pieces.map(({ file }) => file) ?? [], kept);
    bucket.objects.set(object.key, object);
    bucket.keys.add(bytesOfKey(object.key));
  }

  #delete(bucket: Bucket, key: string): void {
    this.#free(bucket.objects.get(key)?.pieces.map(({ file }) => file) ?? []);
    bucket.objects.delete(key);
    bucket.keys.remove(bytesOfKey(key));
  }

  #dropUpload(id: string, kept?: ReadonlySet<string>): void {
    const parts = [...(this.uploads.get(id)?.parts.values() ?? [])];
    this.#free(
      parts.map(({ piece }) => piece.file),
      kept,
    );
    this.uploads.delete(id);
  }

  #free(files: readonly string[], kept?: ReadonlySet<string>): void {
    this.#freed.push(...files.filter((file) => kept?.has(file) !== true));
  }

  #bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw new Error(`the ledger changes the bucket ${name}, which it never created`);
    return bucket;
  }

  #upload(id: string): UploadInProgress {
    const upload = this.uploads.get(id);
    if (upload === undefined) throw new Error(`the ledger changes the upload ${id}, which it never created`);
    return upload;
  }
}

function* entriesOfBucket({ name, createdAt, location, eventBridge, objects }: Bucket): Iterable<Entry> {
  yield { do: 'create-bucket', bucket: name, at: createdAt, location };
  if (eventBridge) yield { do: 'notify', bucket: name, eventBridge };
  for (const object of objects.values()) yield { do: 'put', bucket: name, object };
}
