import { readRange, type ByteRange } from '../protocol/byte-range.ts';
import { checksumHeader, describingHeaders } from '../protocol/object-headers.ts';
import { isWanted } from '../protocol/preconditions.ts';
import { xmlReply, type S3Reply } from '../protocol/reply.ts';
import { headerOf, type S3Request } from '../protocol/request.ts';
import { xmlDocument } from '../protocol/xml.ts';
import { objectIn } from '../storage/storage.ts';
import type { StoredObject } from '../storage/stored-object.ts';
import type { Call } from './call.ts';

/** GetObject, and HeadObject, which is the same without the bytes. */
export function getObject({ request, ledger, files }: Call): S3Reply {
  const object = objectIn(ledger.catalogue, request.bucket, request.key);
  if (!isWanted(object, request.headers)) return { status: 304, headers: describingHeaders(object) };
  const range = readRange(headerOf(request.headers, 'range'), object.size);
  const { start, end } = range ?? { start: 0, end: object.size };
  const headers = {
    ...describingHeaders(object),
    ...overridingHeaders(request),
    ...(range === undefined ? checksumOf(object, request) : rangeHeader(object, range)),
    'content-length': end - start,
  };
  const status = range === undefined ? 200 : 206;
  return request.method === 'HEAD'
    ? { status, headers }
    : { status, headers, body: files.read(object.pieces, start, end) };
}

/** Query parameters such as `response-content-type`. */
export const OVERRIDES = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
].map((name) => `response-${name}`);

function overridingHeaders({ query }: S3Request): Record<string, string> {
  const given = OVERRIDES.filter((name) => query.has(name));
  return Object.fromEntries(given.map((name) => [name.slice('response-'.length), query.get(name) ?? '']));
}

function checksumOf(object: StoredObject, { headers }: S3Request): Record<string, string> {
  return headerOf(headers, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED' ? checksumHeader(object.checksum) : {};
}

function rangeHeader({ size }: StoredObject, { start, end }: ByteRange): Record<string, string> {
  return { 'content-range': `bytes ${start}-${end - 1}/${size}` };
}

/** No object has tags: putting them is refused. `aws s3 cp` from bucket to bucket asks all the same. */
export function getObjectTagging({ request, ledger }: Call): S3Reply {
  objectIn(ledger.catalogue, request.bucket, request.key);
  return xmlReply(xmlDocument('Tagging', [['TagSet', []]]));
}
