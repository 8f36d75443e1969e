import type { Part, PendingEvent, StoredObject, Upload } from './stored-object.ts';

/** A line of the ledger: one change, whole or not at all. An object and the event that tells of it are one change. */
export type Entry =
  | { readonly do: 'create-bucket'; readonly bucket: string; readonly at: number; readonly location: string }
  | { readonly do: 'delete-bucket'; readonly bucket: string }
  | { readonly do: 'notify'; readonly bucket: string; readonly eventBridge: boolean }
  | { readonly do: 'put'; readonly bucket: string; readonly object: StoredObject; readonly event?: PendingEvent }
  | { readonly do: 'delete'; readonly bucket: string; readonly keys: readonly string[] }
  | { readonly do: 'create-upload'; readonly upload: Upload }
  | { readonly do: 'put-part'; readonly uploadId: string; readonly part: Part }
  | { readonly do: 'drop-upload'; readonly uploadId: string }
  | { readonly do: 'await-acknowledgement'; readonly event: PendingEvent }
  | { readonly do: 'acknowledge'; readonly sequencer: string }
  | { readonly do: 'count'; readonly next: number };
