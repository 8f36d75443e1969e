import type { S3ObjectCreatedNotificationEvent } from 'aws-lambda';
import type { Drop } from '../core/cloud/drop.ts';

/** The upload that EventBridge announces. Unlike in S3's own notifications, the key is not URL-encoded. */
export function dropOf({ time, detail: { object } }: S3ObjectCreatedNotificationEvent): Drop {
  return { key: object.key, sequencer: object.sequencer, at: Date.parse(time) };
}
