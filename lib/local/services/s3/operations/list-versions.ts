import { isoTime, quoted } from '../protocol/object-headers.ts';
import { xmlReply, type S3Reply } from '../protocol/reply.ts';
import { numberIn } from '../protocol/request.ts';
import { optional, xmlDocument, type XmlNode } from '../protocol/xml.ts';
import { bytesOfKey, keyOfBytes } from '../storage/key-list.ts';
import { bucketIn } from '../storage/storage.ts';
import type { Call } from './call.ts';
import { encoded } from './list-objects.ts';
import { listPage } from './list-page.ts';

const MAX_KEYS = 1000;

/** What S3 calls the one version of an object in a bucket that keeps no others. Buckets keep none here. */
export const ONLY_VERSION = 'null';

export function listObjectVersions({ request, ledger }: Call): S3Reply {
  const { query } = request;
  const bucket = bucketIn(ledger.catalogue, request.bucket);
  const marker = query.get('key-marker') ?? '';
  const limit = Math.min(numberIn(query, 'max-keys') ?? MAX_KEYS, MAX_KEYS);
  const { keys, end } = listPage(bucket.keys, {
    prefix: bytesOfKey(query.get('prefix') ?? ''),
    delimiter: '',
    limit,
    ...(marker !== '' && { after: { bytes: bytesOfKey(marker), isPrefix: false } }),
  });
  const versions = keys.map(keyOfBytes).flatMap((key): XmlNode[] => {
    const object = bucket.objects.get(key);
    if (object === undefined) return [];
    const described: XmlNode[] = [
      ['Key', encoded(request, key) ?? ''],
      ['VersionId', ONLY_VERSION],
      ['IsLatest', 'true'],
      ['LastModified', isoTime(object.lastModified)],
      ['ETag', quoted(object.etag)],
      ['Size', object.size],
      ['StorageClass', 'STANDARD'],
    ];
    return [['Version', described]];
  });
  return xmlReply(
    xmlDocument('ListVersionsResult', [
      ['Name', bucket.name],
      ['Prefix', encoded(request, query.get('prefix')) ?? ''],
      ['KeyMarker', encoded(request, marker) ?? ''],
      ['VersionIdMarker', ''],
      ['MaxKeys', limit],
      optional('EncodingType', query.get('encoding-type') ?? undefined),
      ['IsTruncated', String(end !== undefined)],
      optional('NextKeyMarker', encoded(request, end && keyOfBytes(end.bytes))),
      optional('NextVersionIdMarker', end && ONLY_VERSION),
      ...versions,
    ]),
  );
}
