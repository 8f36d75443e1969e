import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from './operations/buckets.ts';
import type { Operation } from './operations/call.ts';
import { completeMultipartUpload } from './operations/complete-upload.ts';
import { copyObject } from './operations/copy-object.ts';
import { deleteObject, deleteObjects } from './operations/delete-objects.ts';
import { getObject, getObjectTagging, OVERRIDES } from './operations/get-object.ts';
import { listObjects, listObjectsV2 } from './operations/list-objects.ts';
import { listObjectVersions } from './operations/list-versions.ts';
import { listMultipartUploads, listParts } from './operations/list-uploads.ts';
import { abortMultipartUpload, createMultipartUpload, uploadPart, uploadPartCopy } from './operations/multipart.ts';
import { getBucketNotification, putBucketNotification } from './operations/notifications.ts';
import { putObject } from './operations/put-object.ts';
import type { S3Request } from './protocol/request.ts';
import { notImplemented } from './protocol/s3-error.ts';

interface Route {
  readonly on: `${'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'} ${'service' | 'bucket' | 'object'}`;
  /** The query parameter that chooses the operation. */
  readonly by?: string;
  /** Whether `x-amz-copy-source` chooses it. */
  readonly copies?: true;
  /** The other query parameters that it understands. */
  readonly takes?: readonly string[];
  readonly operation: Operation;
}

const LISTING = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];

/** All that this S3 does. Of two routes that fit, the first is meant. */
const ROUTES: readonly Route[] = [
  { on: 'GET service', operation: listBuckets },
  { on: 'HEAD bucket', operation: headBucket },
  { on: 'PUT bucket', by: 'notification', operation: putBucketNotification },
  { on: 'PUT bucket', operation: createBucket },
  { on: 'DELETE bucket', operation: deleteBucket },
  { on: 'POST bucket', by: 'delete', operation: deleteObjects },
  { on: 'GET bucket', by: 'location', operation: getBucketLocation },
  { on: 'GET bucket', by: 'notification', operation: getBucketNotification },
  { on: 'GET bucket', by: 'uploads', takes: ['prefix', 'encoding-type'], operation: listMultipartUploads },
  {
    on: 'GET bucket',
    by: 'versions',
    takes: ['prefix', 'key-marker', 'version-id-marker', 'max-keys', 'encoding-type'],
    operation: listObjectVersions,
  },
  {
    on: 'GET bucket',
    by: 'list-type',
    takes: [...LISTING, 'continuation-token', 'start-after', 'fetch-owner'],
    operation: listObjectsV2,
  },
  { on: 'GET bucket', takes: [...LISTING, 'marker'], operation: listObjects },
  {
    on: 'GET object',
    by: 'uploadId',
    takes: ['part-number-marker', 'max-parts', 'encoding-type'],
    operation: listParts,
  },
  { on: 'GET object', by: 'tagging', operation: getObjectTagging },
  { on: 'GET object', takes: OVERRIDES, operation: getObject },
  { on: 'HEAD object', takes: OVERRIDES, operation: getObject },
  { on: 'PUT object', by: 'uploadId', takes: ['partNumber'], copies: true, operation: uploadPartCopy },
  { on: 'PUT object', by: 'uploadId', takes: ['partNumber'], operation: uploadPart },
  { on: 'PUT object', copies: true, operation: copyObject },
  { on: 'PUT object', operation: putObject },
  { on: 'POST object', by: 'uploads', operation: createMultipartUpload },
  { on: 'POST object', by: 'uploadId', operation: completeMultipartUpload },
  { on: 'DELETE object', by: 'uploadId', operation: abortMultipartUpload },
  { on: 'DELETE object', operation: deleteObject },
];

/** Which operation a request asks for. What is not on the list, or asks for more than the operation knows, is refused by name. */
export function operationFor(request: S3Request): Operation {
  const on = `${request.method} ${levelOf(request)}`;
  const isCopy = 'x-amz-copy-source' in request.headers;
  const route = ROUTES.find(
    ({ on: where, by, copies }) =>
      where === on && (by === undefined || request.query.has(by)) && (copies === undefined || isCopy),
  );
  if (route === undefined) throw notImplemented(nameOf(request));
  const known = new Set([...(route.takes ?? []), route.by]);
  const unknown = [...request.query.keys()].find((name) => !known.has(name) && !ANYWHERE.test(name));
  if (unknown !== undefined) throw notImplemented(`${on} with ?${unknown}`);
  refuseHeaders(request);
  return route.operation;
}

/** Parameters that clients name themselves with, and signatures in the query, which nobody checks here. */
const ANYWHERE = /^(?:x-id$|x-amz-|awsaccesskeyid$|signature$|expires$)/i;

const HEADERS = new RegExp(
  `^x-amz-(?:${[
    'acl',
    'checksum-.+',
    'content-sha256',
    'copy-source(?:-if-.+|-range)?',
    'date',
    'decoded-content-length',
    'expected-bucket-owner',
    'meta-.+',
    'metadata-directive',
    'mp-object-size',
    'request-payer',
    'sdk-checksum-algorithm',
    'security-token',
    'server-side-encryption(?:-aws-kms-key-id)?',
    'source-expected-bucket-owner',
    'storage-class',
    'tagging-directive',
    'trailer',
    'user-agent',
  ].join('|')})$`,
);

function refuseHeaders({ headers }: S3Request): void {
  const unknown = Object.keys(headers).find((name) => name.startsWith('x-amz-') && !HEADERS.test(name));
  if (unknown !== undefined) throw notImplemented(`the header ${unknown}`);
  for (const [name, allowed] of Object.entries(ONLY)) {
    const value = headers[name];
    if (value !== undefined && value !== allowed) throw notImplemented(`${name}: ${String(value)}, only ${allowed}`);
  }
}

/** Headers whose one value asks for what is done anyway. */
const ONLY: Readonly<Record<string, string>> = {
  'x-amz-acl': 'private',
  'x-amz-storage-class': 'STANDARD',
  'x-amz-tagging-directive': 'COPY',
};

function levelOf({ bucket, key }: S3Request): string {
  if (key !== '') return 'object';
  return bucket === '' ? 'service' : 'bucket';
}

function nameOf(request: S3Request): string {
  const query = [...request.query.keys()].filter((name) => !ANYWHERE.test(name));
  return `${request.method} ${levelOf(request)}${query.map((name) => ` ?${name}`).join('')}`;
}
