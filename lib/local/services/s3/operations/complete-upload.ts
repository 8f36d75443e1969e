import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { checkedBody, readText } from '../protocol/checked-body.ts';
import { ALGORITHMS } from '../protocol/checksums.ts';
import { quoted } from '../protocol/object-headers.ts';
import { xmlReply, type S3Reply } from '../protocol/reply.ts';
import { S3Error } from '../protocol/s3-error.ts';
import { optional, xmlDocument } from '../protocol/xml.ts';
import { readXml, textOf, type XmlElement } from '../protocol/xml-reader.ts';
import type { UploadInProgress } from '../storage/catalogue.ts';
import type { BodyPiece, Checksum, Part, StoredObject } from '../storage/stored-object.ts';
import type { Call } from './call.ts';
import { uploadIn } from './multipart.ts';
import { storeObject } from './store-object.ts';

export async function completeMultipartUpload(call: Call): Promise<S3Reply> {
  const { request } = call;
  const document = readXml(await readText({ ...request, headers: withoutChecksums(request.headers) }));
  const { etag, checksum } = completedBefore(call) ?? (await complete(call, document));
  return xmlReply(
    xmlDocument('CompleteMultipartUploadResult', [
      ['Location', `/${request.bucket}/${encodeURIComponent(request.key)}`],
      ['Bucket', request.bucket],
      ['Key', request.key],
      ['ETag', quoted(etag)],
      optional(checksum === undefined ? '' : `Checksum${checksum.algorithm.toUpperCase()}`, checksum?.value),
    ]),
  );
}

/** A client whose first reply was lost completes again: that finds it done. */
function completedBefore({ request, ledger }: Call): StoredObject | undefined {
  const object = ledger.catalogue.buckets.get(request.bucket)?.objects.get(request.key);
  return object?.uploadId !== undefined && object.uploadId === request.query.get('uploadId') ? object : undefined;
}

async function complete(call: Call, document: XmlElement): Promise<StoredObject> {
  const inProgress = uploadIn(call);
  const parts = chosenParts(document, inProgress);
  const { id: uploadId, headers } = inProgress.upload;
  const pieces = parts.map(({ piece }) => piece);
  const checksum = (await checksumOfBytes(call, pieces)) ?? checksumOfParts(inProgress, parts);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const made = { size, etag: etagOfParts(parts), pieces, headers, uploadId, ...(checksum && { checksum }) };
  return storeObject(call, made, 'CompleteMultipartUpload');
}

const MIN_PART_SIZE = 5 * 1024 * 1024;

function chosenParts(document: XmlElement, { parts }: UploadInProgress): Part[] {
  const elements = document.children.filter(({ name }) => name === 'Part');
  if (document.name !== 'CompleteMultipartUpload' || elements.length === 0) throw new S3Error('MalformedXML');
  const chosen = elements.map((element) => chosenPart(element, parts));
  for (const [index, part] of chosen.entries()) {
    const next = chosen[index + 1];
    if (next !== undefined && next.number <= part.number) throw new S3Error('InvalidPartOrder');
    if (next !== undefined && part.size < MIN_PART_SIZE) throw tooSmall(part);
  }
  return chosen;
}

function chosenPart(element: XmlElement, parts: ReadonlyMap<number, Part>): Part {
  const PartNumber = textOf(element, 'PartNumber');
  const part = parts.get(Number(PartNumber));
  const etag = textOf(element, 'ETag').replaceAll('"', '');
  const checksums = element.children.filter(({ name }) => name.startsWith('Checksum'));
  const isAsPut = checksums.every(({ text }) => part?.checksum === undefined || text === part.checksum.value);
  if (part?.etag === etag && isAsPut) return part;
  throw new S3Error('InvalidPart', { PartNumber, ETag: etag });
}

function etagOfParts(parts: readonly Part[]): string {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(Buffer.from(etag, 'hex'));
  return `${hash.digest('hex')}-${parts.length}`;
}

/** The checksum of the parts' checksums, as S3 has it for uploads that name an algorithm; not if a part came without. */
function checksumOfParts({ upload }: UploadInProgress, parts: readonly Part[]): Checksum | undefined {
  const { algorithm } = upload;
  if (algorithm === undefined || parts.some(({ checksum }) => checksum?.algorithm !== algorithm)) return undefined;
  const running = ALGORITHMS[algorithm]();
  for (const { checksum } of parts) running.update(Buffer.from(checksum?.value ?? '', 'base64'));
  return { algorithm, value: `${running.digest().toString('base64')}-${parts.length}` };
}

/** The checksum of the whole object that the request's headers give, checked by reading all its bytes. */
async function checksumOfBytes({ request, files }: Call, pieces: readonly BodyPiece[]): Promise<Checksum | undefined> {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => CHECKSUM.test(name)));
  if (Object.keys(headers).length === 0) return undefined;
  const { chunks, found } = checkedBody({ ...request, headers, body: files.read(pieces, 0, Infinity) });
  await pipeline(chunks, new Writable({ write: (_chunk, _encoding, done) => done() }));
  return found().checksum;
}

/** What a completion says about checksums is about the object, not about its own body. */
function withoutChecksums(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !CHECKSUM.test(name)));
}

const CHECKSUM = /^x-amz-checksum-(?:crc|sha)/;

function tooSmall({ number, size }: Part): S3Error {
  const details = { PartNumber: String(number), ProposedSize: String(size), MinSizeAllowed: String(MIN_PART_SIZE) };
  return new S3Error('EntityTooSmall', details);
}
