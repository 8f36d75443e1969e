import { checkedBody } from '../protocol/checked-body.ts';
import { checksumHeader, encryptionHeaders, keptHeaders, quoted } from '../protocol/object-headers.ts';
import { checkWrite } from '../protocol/preconditions.ts';
import type { S3Reply } from '../protocol/reply.ts';
import { bucketIn } from '../storage/storage.ts';
import type { Call } from './call.ts';
import { storeObject } from './store-object.ts';

export async function putObject(call: Call): Promise<S3Reply> {
  const { request, ledger, files } = call;
  // Refused before its bytes have come, if it will be; what counts is how things stand when they are there.
  checkWrite(bucketIn(ledger.catalogue, request.bucket).objects.get(request.key), request.headers);
  const { chunks, found } = checkedBody(request);
  const piece = await files.write(chunks);
  const { md5, checksum } = found();
  const headers = keptHeaders(request.headers);
  const made = { size: piece.size, etag: md5, pieces: [piece], headers, ...(checksum && { checksum }) };
  const { etag } = await storeObject(call, made, 'PutObject');
  return { status: 200, headers: { etag: quoted(etag), ...checksumHeader(checksum), ...encryptionHeaders(headers) } };
}
