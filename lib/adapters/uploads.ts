import type { S3ObjectCreatedNotificationEvent } from 'aws-lambda';
import { parseLogKey, type Drop } from '../core/cloud/drop.ts';
import type { NetworkName } from '../core/network/network-name.ts';
import type { FoundObject } from './objects/object-store.ts';

/** The upload that EventBridge announces. Unlike in S3's own notifications, the key is not URL-encoded. */
export function dropOf({ time, detail: { object } }: S3ObjectCreatedNotificationEvent): Drop {
  return { key: object.key, sequencer: object.sequencer, at: Date.parse(time), etag: object.etag };
}

/** Whose log was dropped; undefined for what is no network's, of which the log must not have the name. */
export function networkOf({ key }: Drop, name: Parameters<typeof parseLogKey>[1]): NetworkName | undefined {
  const parsed = parseLogKey(key, name);
  return parsed.ok ? parsed.value.network : undefined;
}

/** Whether the object is still the one that was announced; if not, what has replaced it is announced for itself. */
export function isAnnounced({ identity }: FoundObject, { etag }: Drop): boolean {
  return etag === undefined || identity.startsWith(`"${etag}"@`);
}
