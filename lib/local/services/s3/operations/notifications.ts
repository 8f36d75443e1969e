import { readText } from '../protocol/checked-body.ts';
import { xmlReply, type S3Reply } from '../protocol/reply.ts';
import { notImplemented } from '../protocol/s3-error.ts';
import { xmlDocument } from '../protocol/xml.ts';
import { readXml } from '../protocol/xml-reader.ts';
import { EVERYTHING } from '../storage/ledger.ts';
import { bucketIn } from '../storage/storage.ts';
import type { Call } from './call.ts';

/** Switches the bucket's events to EventBridge on or off. */
export async function putBucketNotification({ request, ledger }: Call): Promise<S3Reply> {
  const { bucket } = request;
  const { children } = readXml(await readText(request));
  const unknown = children.find(({ name }) => name !== 'EventBridgeConfiguration');
  if (unknown !== undefined) throw notImplemented(`notifications by ${unknown.name}, only EventBridgeConfiguration`);
  await ledger.commit(EVERYTHING, (catalogue) => {
    const eventBridge = children.length > 0;
    return bucketIn(catalogue, bucket).eventBridge === eventBridge ? [] : [{ do: 'notify', bucket, eventBridge }];
  });
  return { status: 200, headers: { 'content-length': 0 } };
}

export function getBucketNotification({ request, ledger }: Call): S3Reply {
  const { eventBridge } = bucketIn(ledger.catalogue, request.bucket);
  return xmlReply(xmlDocument('NotificationConfiguration', eventBridge ? [['EventBridgeConfiguration', []]] : []));
}
