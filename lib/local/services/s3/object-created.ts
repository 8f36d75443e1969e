/** What EventBridge carries as the `detail` of an "Object Created" event. */
interface ObjectCreatedDetail {
  readonly version: '0';
  readonly bucket: { readonly name: string };
  readonly object: {
    /** As it is, not URL-encoded. */
    readonly key: string;
    readonly size: number;
    /** Without quotes. */
    readonly etag: string;
    /** Hexadecimal, of one length: of two events of a key, the higher one is the later one. Rises over restarts, too. */
    readonly sequencer: string;
  };
  readonly 'request-id': string;
  readonly requester: string;
  readonly 'source-ip-address': string;
  readonly reason: ObjectCreatedReason;
}

export type ObjectCreatedReason = 'PutObject' | 'CompleteMultipartUpload' | 'CopyObject';

/** An event that is told at least once: again after each start, until it is acknowledged. */
export interface ObjectCreated {
  /** The same each time the event is told. */
  readonly id: string;
  /** When the object was created, as `2026-11-21T12:00:00Z`. */
  readonly time: string;
  readonly detail: ObjectCreatedDetail;
  /** The event is in safe hands, and not told again. */
  acknowledge(): Promise<void>;
}

export type ObjectCreatedListener = (event: ObjectCreated) => void;
