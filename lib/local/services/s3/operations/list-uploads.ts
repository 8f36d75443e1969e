import { isoTime, quoted } from '../protocol/object-headers.ts';
import { xmlReply, type S3Reply } from '../protocol/reply.ts';
import { numberIn } from '../protocol/request.ts';
import { optional, xmlDocument, type XmlNode } from '../protocol/xml.ts';
import { bytesOfKey } from '../storage/key-list.ts';
import { bucketIn } from '../storage/storage.ts';
import type { Part, Upload } from '../storage/stored-object.ts';
import type { Call } from './call.ts';
import { encoded } from './list-objects.ts';
import { uploadIn } from './multipart.ts';

const MAX_LISTED = 1000;

export function listParts(call: Call): S3Reply {
  const { query } = call.request;
  const { upload, parts } = uploadIn(call);
  const after = numberIn(query, 'part-number-marker') ?? 0;
  const limit = Math.min(numberIn(query, 'max-parts') ?? MAX_LISTED, MAX_LISTED);
  const following = [...parts.values()].filter(({ number }) => number > after).toSorted((a, b) => a.number - b.number);
  const page = following.slice(0, limit);
  const isTruncated = following.length > limit;
  return xmlReply(
    xmlDocument('ListPartsResult', [
      ['Bucket', upload.bucket],
      ['Key', encoded(call.request, upload.key) ?? ''],
      ['UploadId', upload.id],
      ['PartNumberMarker', after],
      optional('NextPartNumberMarker', isTruncated ? page.at(-1)?.number : undefined),
      ['MaxParts', limit],
      ['IsTruncated', isTruncated],
      ...page.map(partNode),
    ]),
  );
}

/** All at once: a local S3 does not have more uploads under way than fit on a page. */
export function listMultipartUploads({ request, ledger }: Call): S3Reply {
  const { name } = bucketIn(ledger.catalogue, request.bucket);
  const prefix = request.query.get('prefix') ?? '';
  const uploads = [...ledger.catalogue.uploads.values()]
    .map(({ upload }) => upload)
    .filter(({ bucket, key }) => bucket === name && key.startsWith(prefix))
    .toSorted((a, b) => (bytesOfKey(a.key) < bytesOfKey(b.key) ? -1 : 1));
  return xmlReply(
    xmlDocument('ListMultipartUploadsResult', [
      ['Bucket', name],
      ['Prefix', encoded(request, prefix) ?? ''],
      ['MaxUploads', uploads.length],
      ['IsTruncated', false],
      ...uploads.map((upload) => uploadNode(upload, encoded(request, upload.key) ?? '')),
    ]),
  );
}

function partNode({ number, lastModified, etag, size }: Part): XmlNode {
  return [
    'Part',
    [
      ['PartNumber', number],
      ['LastModified', isoTime(lastModified)],
      ['ETag', quoted(etag)],
      ['Size', size],
    ],
  ];
}

function uploadNode({ id, startedAt }: Upload, key: string): XmlNode {
  return [
    'Upload',
    [
      ['Key', key],
      ['UploadId', id],
      ['Initiated', isoTime(startedAt)],
      ['StorageClass', 'STANDARD'],
    ],
  ];
}
