import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type DeleteMarkerEntry,
  type GetObjectCommandOutput,
  type HeadObjectCommandOutput,
  type ListObjectsV2CommandOutput,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  type ObjectVersion,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
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

/** As many as S3 deletes at a time. */
const KEYS_PER_REMOVAL = 1000;

/** Another object is there; another is just being put; or there is none any more. */
const REPLACED: ReadonlySet<string> = new Set(['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey']);

const MISSING: ReadonlySet<string> = new Set(['NoSuchKey', 'NotFound']);

export interface S3ObjectStoreOptions {
  readonly client: Pick<S3Client, 'send'>;
  readonly bucket: string;
}

export class S3ObjectStore implements ObjectStore {
  readonly #client: Pick<S3Client, 'send'>;
  readonly #bucket: string;

  constructor({ client, bucket }: S3ObjectStoreOptions) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async put(key: string, body: Uint8Array | string, told?: string | ObjectNotes): Promise<void> {
    const { contentType: ContentType, metadata: Metadata } = notesOf(told);
    await this.#client.send(
      new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: body, ContentType, Metadata }),
    );
  }

  async replace(
    key: string,
    body: Uint8Array | string,
    found: Pick<FoundObject, 'etag'> | undefined,
  ): Promise<boolean> {
    const condition = found === undefined ? { IfNoneMatch: '*' } : { IfMatch: found.etag };
    try {
      await this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: body, ...condition }));
      return true;
    } catch (error) {
      if (error instanceof Error && REPLACED.has(error.name)) return false;
      throw error;
    }
  }

  async get(key: string): Promise<Uint8Array> {
    const { body } = await this.open(key);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async open(key: string): Promise<OpenObject> {
    const found = await ifThere(this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key })));
    if (found === undefined) throw new NoSuchObject(key);
    // In Node a body is a stream of bytes, which holds its socket until it ends.
    const body = found.Body as AsyncIterable<Uint8Array> & Partial<Pick<Readable, 'destroy'>>;
    return { ...foundObject(found), body, discard: () => void body.destroy?.() };
  }

  async find(key: string): Promise<FoundObject | undefined> {
    const found = await ifThere(this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key })));
    return found && foundObject(found);
  }

  async *list(prefix: string, after?: string): AsyncGenerator<ListedObject> {
    let page: ListObjectsV2CommandOutput | undefined;
    do {
      page = await this.#client.send(
        new ListObjectsV2Command({
          Bucket: this.#bucket,
          Prefix: prefix,
          StartAfter: after,
          ContinuationToken: page?.NextContinuationToken,
        }),
      );
      for (const { Key: key = '', Size: size = 0, LastModified: lastModified = new Date(0) } of page.Contents ?? []) {
        yield { key, size, lastModified };
      }
    } while (page.IsTruncated === true);
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += KEYS_PER_REMOVAL) {
      await this.#removeLot(keys.slice(start, start + KEYS_PER_REMOVAL));
    }
  }

  async purge(key: string, before: number, kept?: Pick<FoundObject, 'etag'>): Promise<number> {
    const versions: ObjectIdentifier[] = [];
    for await (const version of this.#versionsOf(key)) {
      const { VersionId: id, LastModified: at = new Date(0) } = version;
      const isKept = kept !== undefined && 'ETag' in version && version.ETag === kept.etag;
      if (at.getTime() < before && !isKept) versions.push({ Key: key, VersionId: id });
    }
    for (let start = 0; start < versions.length; start += KEYS_PER_REMOVAL) {
      await this.#removeObjects(versions.slice(start, start + KEYS_PER_REMOVAL));
    }
    return versions.length;
  }

  /** Delete markers among them. */
  async *#versionsOf(key: string): AsyncGenerator<ObjectVersion | DeleteMarkerEntry> {
    let page: ListObjectVersionsCommandOutput | undefined;
    do {
      const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page ?? {};
      page = await this.#client.send(
        new ListObjectVersionsCommand({ Bucket: this.#bucket, Prefix: key, KeyMarker, VersionIdMarker }),
      );
      const { Versions: versions = [], DeleteMarkers: markers = [] } = page;
      yield* [...versions, ...markers].filter((version) => version.Key === key);
      // Keys come in order: behind the key itself stand others that start with it.
    } while (page.IsTruncated === true && page.NextKeyMarker === key);
  }

  async #removeLot(keys: readonly string[]): Promise<void> {
    await this.#removeObjects(keys.map((key) => ({ Key: key })));
  }

  async #removeObjects(objects: readonly ObjectIdentifier[]): Promise<void> {
    const { Errors: failures = [] } = await this.#client.send(
      new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects: [...objects], Quiet: true } }),
    );
    const [failure] = failures;
    if (failure === undefined) return;
    throw new Error(
      `${failures.length} of ${objects.length} objects could not be deleted, the first of them ${failure.Key}: ${failure.Code} ${failure.Message ?? ''}`.trimEnd(),
    );
  }
}

async function ifThere<Output>(reply: Promise<Output>): Promise<Output | undefined> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof Error && MISSING.has(error.name)) return undefined;
    throw error;
  }
}

function foundObject({ ETag: etag = '', ContentLength: size = 0, LastModified, Metadata }: FoundOutput): FoundObject {
  const lastModified = LastModified ?? new Date(0);
  return { size, etag, identity: identityOf(etag, lastModified), lastModified, metadata: Metadata ?? {} };
}

type FoundOutput = Pick<
  GetObjectCommandOutput | HeadObjectCommandOutput,
  'ETag' | 'ContentLength' | 'LastModified' | 'Metadata'
>;
