import { checksumHeader, encryptionHeaders, isoTime, keptHeaders, quoted } from '../protocol/object-headers.ts';
import { isWanted } from '../protocol/preconditions.ts';
import { xmlReply, type S3Reply } from '../protocol/reply.ts';
import { headerOf, type S3Request } from '../protocol/request.ts';
import { notImplemented, S3Error } from '../protocol/s3-error.ts';
import { xmlDocument } from '../protocol/xml.ts';
import { objectIn } from '../storage/storage.ts';
import type { StoredObject } from '../storage/stored-object.ts';
import type { Call } from './call.ts';
import { storeObject } from './store-object.ts';

export async function copyObject(call: Call): Promise<S3Reply> {
  const source = copySource(call);
  const { size, etag, checksum } = source;
  const headers = headersOfCopy(call.request, source);
  const pieces = await call.files.copy(source.pieces);
  const copied = await storeObject(call, { size, etag, pieces, headers, ...(checksum && { checksum }) }, 'CopyObject');
  const result = xmlDocument('CopyObjectResult', [
    ['LastModified', isoTime(copied.lastModified)],
    ['ETag', quoted(etag)],
  ]);
  return { ...xmlReply(result), headers: { ...checksumHeader(checksum), ...encryptionHeaders(headers) } };
}

/** The object that `x-amz-copy-source` names. @throws NoSuchBucket, NoSuchKey, PreconditionFailed */
export function copySource({ request, ledger }: Call): StoredObject {
  const { bucket, key } = readSource(headerOf(request.headers, 'x-amz-copy-source') ?? '');
  const source = objectIn(ledger.catalogue, bucket, key);
  if (isWanted(source, request.headers, 'x-amz-copy-source-')) return source;
  throw new S3Error('PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' });
}

function readSource(header: string): { bucket: string; key: string } {
  const [path = '', version] = header.split('?versionId=');
  if (version !== undefined && version !== 'null')
    throw notImplemented('versions of objects (x-amz-copy-source with versionId)');
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decode(path)) ?? [];
  if (bucket !== undefined && key !== undefined) return { bucket, key };
  throw new S3Error('InvalidArgument', { message: `x-amz-copy-source must be BUCKET/KEY (given ${header})` });
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new S3Error('InvalidArgument', { message: `x-amz-copy-source must be URL-encoded (given ${path})` });
  }
}

function headersOfCopy(request: S3Request, source: StoredObject): Readonly<Record<string, string>> {
  const isReplaced = headerOf(request.headers, 'x-amz-metadata-directive') === 'REPLACE';
  if (isReplaced) return keptHeaders(request.headers);
  const { bucket, key } = readSource(headerOf(request.headers, 'x-amz-copy-source') ?? '');
  if (bucket !== request.bucket || key !== request.key) return source.headers;
  throw new S3Error('InvalidRequest', {
    message:
      'This copy request is illegal because it is trying to copy an object to itself without changing its metadata.',
  });
}
