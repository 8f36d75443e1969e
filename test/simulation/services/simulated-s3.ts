import { createHash } from 'node:crypto';
import {
  NoSuchKey,
  NotFound,
  type DeleteObjectsCommandInput,
  type GetObjectCommandInput,
  type HeadObjectCommandInput,
  type ListObjectsV2CommandInput,
  type ListObjectVersionsCommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import type { Clock } from '../world/clock.ts';
import type { Draws } from '../world/draws.ts';
import type { Faults } from '../world/faults.ts';
import { SimulationGap, type Command, type SimulatedService } from '../world/wire.ts';

type Handler = (input: never) => unknown;

export interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array;
  readonly etag: string;
  /** S3 tells whole seconds. */
  readonly lastModified: Date;
}

export interface SimulatedS3Options {
  readonly draws: Draws;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly onPut?: (bucket: string, object: StoredObject) => void;
  readonly onDelete?: (bucket: string, key: string) => void;
  /** The buckets that keep what is overwritten or deleted. */
  readonly versioned?: readonly string[];
}

interface Version extends StoredObject {
  readonly id: string;
}

const LARGEST_PAGE = 1_000;

export class SimulatedS3 implements SimulatedService {
  readonly name = 's3';
  readonly #options: SimulatedS3Options;
  readonly #buckets = new Map<string, Map<string, StoredObject>>();
  readonly #handlers: Readonly<Record<string, Handler>> = {
    PutObjectCommand: (input: PutObjectCommandInput) => this.#put(input),
    GetObjectCommand: (input: GetObjectCommandInput) => this.#get(input),
    HeadObjectCommand: (input: HeadObjectCommandInput) => this.#head(input),
    ListObjectsV2Command: (input: ListObjectsV2CommandInput) => this.#list(input),
    ListObjectVersionsCommand: (input: ListObjectVersionsCommandInput) => this.#listVersions(input),
    DeleteObjectsCommand: (input: DeleteObjectsCommandInput) => this.#delete(input),
  };
  /** What each bucket has ever held and not lost, the latest first. */
  readonly #versions = new Map<string, Version[]>();
  #versionCount = 0;
  readonly #metadata = new WeakMap<StoredObject, PutObjectCommandInput['Metadata']>();

  constructor(options: SimulatedS3Options) {
    this.#options = options;
  }

  execute({ name, input }: Command): unknown {
    const handler = this.#handlers[name];
    if (handler === undefined) throw new SimulationGap(`the simulated S3 does not know ${name}`);
    return handler(input as never);
  }

  throttled(): Error {
    return Object.assign(new Error('Please reduce your request rate.'), { name: 'SlowDown' });
  }

  /** All objects of a bucket, in the order of their keys. */
  objects(bucket: string): StoredObject[] {
    return this.#objectsUnder(bucket, '');
  }

  #objectsUnder(bucket: string, prefix: string): StoredObject[] {
    return [...this.#bucket(bucket).values()]
      .filter(({ key }) => key.startsWith(prefix))
      .toSorted((one, other) => compareKeys(one.key, other.key));
  }

  store(bucket: string, key: string, content: Uint8Array): StoredObject {
    const body = Uint8Array.from(content);
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const lastModified = new Date(Math.floor(this.#options.clock.now / 1000) * 1000);
    const object = { key, body, etag, lastModified };
    this.#bucket(bucket).set(key, object);
    const id = this.#options.versioned?.includes(bucket) === true ? `v${++this.#versionCount}` : 'null';
    const others = this.versions(bucket).filter((version) => version.key !== key || version.id !== id);
    this.#versions.set(bucket, [{ ...object, id }, ...others]);
    this.#options.onPut?.(bucket, object);
    return object;
  }

  /** All versions of a bucket's objects, the latest first. */
  versions(bucket: string): readonly Version[] {
    return this.#versions.get(bucket) ?? [];
  }

  #listVersions(input: ListObjectVersionsCommandInput): object {
    const { Bucket: bucket = '', Prefix: prefix = '', KeyMarker: key, VersionIdMarker: id } = input;
    const all = this.versions(bucket)
      .filter((version) => version.key.startsWith(prefix))
      .toSorted((one, other) => compareKeys(one.key, other.key));
    const found = all.slice(all.findIndex((version) => version.key === key && version.id === id) + 1);
    const page = found.slice(0, this.#options.faults.strikes('partial') ? 1 : LARGEST_PAGE);
    const last = page.at(-1);
    const Versions = page.map((version) => ({
      Key: version.key,
      VersionId: version.id,
      ETag: version.etag,
      LastModified: version.lastModified,
    }));
    if (last === undefined || page.length === found.length) return { Versions, IsTruncated: false };
    return { Versions, IsTruncated: true, NextKeyMarker: last.key, NextVersionIdMarker: last.id };
  }

  #deleteVersion(bucket: string, key: string, id: string): void {
    const isMeant = (version: Version): boolean => version.key === key && version.id === id;
    const left = this.versions(bucket).filter((version) => !isMeant(version));
    this.#versions.set(bucket, left);
    const latest = left.find((version) => version.key === key);
    if (latest === undefined) this.#bucket(bucket).delete(key);
    else if (this.#bucket(bucket).has(key)) this.#bucket(bucket).set(key, latest);
  }

  #bucket(name = ''): Map<string, StoredObject> {
    const bucket = this.#buckets.get(name) ?? new Map<string, StoredObject>();
    this.#buckets.set(name, bucket);
    return bucket;
  }

  #put(input: PutObjectCommandInput): object {
    const { Bucket: bucket = '', Key: key = '', Body: body, IfMatch: match, IfNoneMatch: noneMatch } = input;
    const etag = this.#bucket(bucket).get(key)?.etag;
    if ((noneMatch === '*' && etag !== undefined) || (match !== undefined && match !== etag)) {
      throw Object.assign(new Error('At least one of the conditions did not hold.'), { name: 'PreconditionFailed' });
    }
    if (typeof body !== 'string' && !(body instanceof Uint8Array)) throw new SimulationGap('bodies are texts or bytes');
    const stored = this.store(bucket, key, Buffer.from(body));
    this.#metadata.set(stored, input.Metadata);
    return { ETag: stored.etag };
  }

  #get({ Bucket: bucket, Key: key = '' }: GetObjectCommandInput): object {
    const object = this.#bucket(bucket).get(key);
    if (object === undefined) throw new NoSuchKey({ message: 'The specified key does not exist.', $metadata: {} });
    return { ...this.#described(object), Body: this.#pieces(object.body) };
  }

  #head({ Bucket: bucket, Key: key = '' }: HeadObjectCommandInput): object {
    const object = this.#bucket(bucket).get(key);
    if (object === undefined) throw new NotFound({ message: 'NotFound', $metadata: {} });
    return this.#described(object);
  }

  #described(object: StoredObject): object {
    const { body, etag, lastModified } = object;
    const Metadata = this.#metadata.get(object);
    return { ETag: etag, ContentLength: body.length, LastModified: lastModified, Metadata };
  }

  #list(input: ListObjectsV2CommandInput): object {
    const { Bucket: bucket = '', Prefix: prefix = '', StartAfter: after, ContinuationToken: token } = input;
    const start = token ?? after ?? '';
    const found = this.#objectsUnder(bucket, prefix).filter(({ key }) => compareKeys(key, start) > 0);
    const { faults, draws } = this.#options;
    const page = found.slice(0, faults.strikes('partial') ? draws.integer(1, 3) : LARGEST_PAGE);
    const isTruncated = page.length < found.length;
    return {
      Contents: page.map(({ key, body, lastModified }) => ({
        Key: key,
        Size: body.length,
        LastModified: lastModified,
      })),
      IsTruncated: isTruncated,
      NextContinuationToken: isTruncated ? page.at(-1)?.key : undefined,
    };
  }

  #delete({ Bucket: bucket = '', Delete: removal }: DeleteObjectsCommandInput): object {
    const objects = (removal?.Objects ?? []).map(({ Key: key = '', VersionId: id }) => ({ key, id }));
    const keys = objects.map(({ key }) => key);
    if (keys.length === 0 || keys.length > LARGEST_PAGE) throw new SimulationGap(`${keys.length} keys to be deleted`);
    const { faults, draws } = this.#options;
    const failing = faults.strikes('partial') ? draws.some(keys) : [];
    for (const { key, id } of objects) {
      if (failing.includes(key)) continue;
      if (id !== undefined) this.#deleteVersion(bucket, key, id);
      else if (this.#bucket(bucket).delete(key)) this.#options.onDelete?.(bucket, key);
      if (this.#options.versioned?.includes(bucket) !== true) this.#deleteVersion(bucket, key, 'null');
    }
    return { Errors: failing.map((key) => ({ Key: key, Code: 'InternalError', Message: 'try again' })) };
  }

  /** Cut anywhere; and the connection may break. */
  async *#pieces(body: Uint8Array): AsyncGenerator<Uint8Array> {
    const { faults, draws } = this.#options;
    for (let start = 0; start < body.length;) {
      if (faults.strikes('requestLost')) throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
      const end = body.length - start > 4 && draws.chance(0.5) ? start + draws.below(body.length - start) : body.length;
      yield body.subarray(start, end);
      start = end;
    }
  }
}

function compareKeys(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
