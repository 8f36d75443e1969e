import type { ObjectCreatedReason } from '../object-created.ts';

/** An object as it is kept: everything but its bytes, which lie in files of their own. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  /** Without quotes: the MD5 of the bytes, or `md5-parts` of what came in parts. */
  readonly etag: string;
  /** Milliseconds since 1970, in whole seconds: HTTP knows no finer time. */
  readonly lastModified: number;
  readonly sequencer: string;
  readonly pieces: readonly BodyPiece[];
  /** Given back as they were put: content-type, x-amz-meta-… */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum?: Checksum;
  /** The multipart upload it came from, so that completing it again finds it done. */
  readonly uploadId?: string;
}

/** A file with bytes of an object, and how many. */
export interface BodyPiece {
  readonly file: string;
  readonly size: number;
}

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; for an object of parts `…-parts`. */
  readonly value: string;
}

export type ChecksumAlgorithm = 'crc32' | 'crc32c' | 'crc64nvme' | 'sha1' | 'sha256';

export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly startedAt: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly algorithm?: ChecksumAlgorithm;
}

export interface Part {
  readonly number: number;
  readonly etag: string;
  readonly size: number;
  readonly lastModified: number;
  readonly piece: BodyPiece;
  readonly checksum?: Checksum;
}

/** An event that was not yet acknowledged. */
export interface PendingEvent {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly sequencer: string;
  readonly at: number;
  readonly requestId: string;
  readonly reason: ObjectCreatedReason;
}
