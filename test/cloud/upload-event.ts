import type { S3ObjectCreatedNotificationEvent } from 'aws-lambda';
import type { ObjectStore } from '../../lib/adapters/objects/object-store.ts';
import type { Drop } from '../../lib/core/cloud/drop.ts';

/** An upload as EventBridge announces it. */
export function uploadEvent({ key, sequencer, at, etag = '' }: Drop): S3ObjectCreatedNotificationEvent {
  return {
    version: '0',
    id: '17793124-05d4-b198-2fde-7ededc63b103',
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '111122223333',
    time: new Date(at).toISOString(),
    region: 'eu-west-1',
    resources: ['arn:aws:s3:::input'],
    detail: {
      version: '0',
      bucket: { name: 'input' },
      object: { key, size: 5, etag, 'version-id': '', sequencer },
      'request-id': 'N4N7GDK58NMKJ12R',
      requester: '123456789012',
      'source-ip-address': '1.2.3.4',
      reason: 'PutObject',
    },
  };
}

/** Puts a log into a bucket; gives what is announced of it. */
export async function dropLog(
  { input, now }: { readonly input: ObjectStore; readonly now: number },
  key: string,
  body: string | Uint8Array,
): Promise<Drop> {
  await input.put(key, body);
  const found = await input.find(key);
  const [, etag] = /^"(.*)"@/.exec(found?.identity ?? '') ?? [];
  return { key, sequencer: (drops++).toString(16).toUpperCase().padStart(16, '0'), at: now, ...(etag && { etag }) };
}

/** Sequencers go up, over all buckets of a test. */
let drops = 1;
