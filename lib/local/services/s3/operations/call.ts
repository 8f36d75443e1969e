import type { CreatedEvents } from '../created-events.ts';
import type { S3Reply } from '../protocol/reply.ts';
import type { S3Request } from '../protocol/request.ts';
import type { Storage } from '../storage/storage.ts';

/** What an operation works with. */
export interface Call extends Storage {
  readonly request: S3Request;
  readonly events: CreatedEvents;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type Operation = (call: Call) => S3Reply | Promise<S3Reply>;
