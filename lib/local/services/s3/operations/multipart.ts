import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { algorithmNamed } from '../protocol/checksums.ts';
import { checkedBody } from '../protocol/checked-body.ts';
import { checksumHeader, encryptionHeaders, isoTime, keptHeaders, quoted } from '../protocol/object-headers.ts';
import { readRange } from '../protocol/byte-range.ts';
import { xmlReply, type S3Reply } from '../protocol/reply.ts';
import { headerOf, numberIn } from '../protocol/request.ts';
import { notImplemented, S3Error } from '../protocol/s3-error.ts';
import { xmlDocument } from '../protocol/xml.ts';
import type { Catalogue, UploadInProgress } from '../storage/catalogue.ts';
import { EVERYTHING } from '../storage/ledger.ts';
import { bucketIn } from '../storage/storage.ts';
import type { ChecksumAlgorithm, Part } from '../storage/stored-object.ts';
import type { Call } from './call.ts';
import { copySource } from './copy-object.ts';

export async function createMultipartUpload({ request, ledger, now }: Call): Promise<S3Reply> {
  const { bucket, key } = request;
  const algorithm = compositeAlgorithm(request.headers);
  const headers = keptHeaders(request.headers);
  const upload = { id: randomUUID(), bucket, key, startedAt: now, headers, ...(algorithm && { algorithm }) };
  await ledger.commit(`upload:${upload.id}`, (catalogue) => {
    bucketIn(catalogue, bucket);
    return [{ do: 'create-upload', upload }];
  });
  const result = xmlDocument('InitiateMultipartUploadResult', [
    ['Bucket', bucket],
    ['Key', key],
    ['UploadId', upload.id],
  ]);
  return { ...xmlReply(result), headers: encryptionHeaders(headers) };
}

/** The algorithm whose checksums of parts make the object's; none where the object's is to be one of its bytes. */
function compositeAlgorithm(headers: IncomingHttpHeaders): ChecksumAlgorithm | undefined {
  const name = headerOf(headers, 'x-amz-checksum-algorithm');
  if (name === undefined) return undefined;
  const algorithm = algorithmNamed(name);
  if (algorithm === undefined) throw notImplemented(`the checksum ${name}`);
  const isOfBytes = algorithm === 'crc64nvme' || headerOf(headers, 'x-amz-checksum-type') === 'FULL_OBJECT';
  return isOfBytes ? undefined : algorithm;
}

export async function uploadPart(call: Call): Promise<S3Reply> {
  uploadIn(call);
  const { chunks, found } = checkedBody(call.request);
  const piece = await call.files.write(chunks);
  const { md5, checksum } = found();
  await putPart(call, { etag: md5, piece, ...(checksum && { checksum }) });
  return { status: 200, headers: { etag: quoted(md5), ...checksumHeader(checksum), 'content-length': 0 } };
}

export async function uploadPartCopy(call: Call): Promise<S3Reply> {
  uploadIn(call);
  const source = copySource(call);
  const range = readRange(headerOf(call.request.headers, 'x-amz-copy-source-range'), source.size);
  const { start, end } = range ?? { start: 0, end: source.size };
  const body = call.files.read(source.pieces, start, end);
  // The request's own checksums and lengths are about its empty body.
  const { chunks, found } = checkedBody({ ...call.request, headers: {}, body });
  const piece = await call.files.write(chunks);
  const part = await putPart(call, { etag: found().md5, piece });
  return xmlReply(
    xmlDocument('CopyPartResult', [
      ['LastModified', isoTime(part.lastModified)],
      ['ETag', quoted(part.etag)],
    ]),
  );
}

export async function abortMultipartUpload(call: Call): Promise<S3Reply> {
  await call.ledger.commit(EVERYTHING, (catalogue) => {
    const { upload } = uploadIn({ ...call, catalogue });
    return [{ do: 'drop-upload', uploadId: upload.id }];
  });
  return { status: 204 };
}

/** The upload that the request names. @throws NoSuchUpload */
export function uploadIn({
  request,
  ledger,
  catalogue = ledger.catalogue,
}: Call & { readonly catalogue?: Catalogue }): UploadInProgress {
  bucketIn(catalogue, request.bucket);
  const uploadId = request.query.get('uploadId') ?? '';
  const found = catalogue.uploads.get(uploadId);
  if (found?.upload.bucket === request.bucket && found.upload.key === request.key) return found;
  throw new S3Error('NoSuchUpload', { UploadId: uploadId });
}

const MAX_PARTS = 10_000;

async function putPart(call: Call, made: Pick<Part, 'etag' | 'piece' | 'checksum'>): Promise<Part> {
  const part = { ...made, size: made.piece.size, number: partNumber(call), lastModified: call.now };
  try {
    await call.ledger.commit(`part:${call.request.query.get('uploadId')}:${part.number}`, (catalogue) => {
      const { upload } = uploadIn({ ...call, catalogue });
      return [{ do: 'put-part', uploadId: upload.id, part }];
    });
    return part;
  } catch (error) {
    call.files.remove([made.piece.file]);
    throw error;
  }
}

function partNumber({ request }: Call): number {
  const number = numberIn(request.query, 'partNumber') ?? 0;
  if (number >= 1 && number <= MAX_PARTS) return number;
  throw new S3Error('InvalidArgument', {
    message: `partNumber must be an integer between 1 and ${MAX_PARTS} (given ${number})`,
  });
}
