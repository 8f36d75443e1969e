import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Checksum, ChecksumAlgorithm } from '../storage/stored-object.ts';
import { ALGORITHMS, algorithmNamed } from './checksums.ts';
import { unchunk } from './chunked-body.ts';
import { headerOf, type S3Request } from './request.ts';
import { notImplemented, S3Error } from './s3-error.ts';

export interface CheckedBody {
  /** The object's own bytes. Ends with an error if they are not what the request's checksums say. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** To be asked when all chunks have been read. */
  readonly found: () => FoundInBody;
}

interface FoundInBody {
  /** Hexadecimal. */
  readonly md5: string;
  readonly checksum?: Checksum;
}

const CHECKSUM_HEADER = /^x-amz-checksum-(?!algorithm$|type$|mode$)(.+)$/;

/** A request's body, out of its aws-chunked framing, checked against Content-MD5 and checksums in headers and trailers. */
export function checkedBody({ headers, body }: S3Request): CheckedBody {
  const { chunks, trailers } = isChunked(headers)
    ? unchunk(body)
    : { chunks: body, trailers: new Map<string, string>() };
  const md5 = createHash('md5');
  const algorithm = announcedAlgorithm(headers);
  const hash = algorithm && ALGORITHMS[algorithm]();
  const sha256 = createHash('sha256');
  const isSha256Given = /^[0-9a-f]{64}$/.test(headerOf(headers, 'x-amz-content-sha256') ?? '');
  let found: FoundInBody = { md5: '' };

  async function* checked(): AsyncGenerator<Uint8Array> {
    let size = 0;
    for await (const chunk of chunks) {
      md5.update(chunk);
      hash?.update(chunk);
      if (isSha256Given) sha256.update(chunk);
      size += chunk.length;
      yield chunk;
    }
    checkLength(headers, size);
    const digest = md5.digest();
    checkMd5(headers, digest);
    if (isSha256Given) checkSha256(headers, sha256.digest('hex'));
    found = { md5: digest.toString('hex') };
    if (algorithm === undefined || hash === undefined) return;
    const value = hash.digest().toString('base64');
    checkChecksum(algorithm, value, headerOf(headers, nameOf(algorithm)) ?? trailers.get(nameOf(algorithm)));
    found = { ...found, checksum: { algorithm, value } };
  }

  return { chunks: checked(), found: () => found };
}

const MAX_TEXT = 4 * 1024 * 1024;

/** A small body, such as an XML document. */
export async function readText(request: S3Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of checkedBody(request).chunks) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_TEXT) throw new S3Error('EntityTooLarge');
  }
  return Buffer.concat(chunks).toString('utf8');
}

function isChunked(headers: IncomingHttpHeaders): boolean {
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  return (
    encodings.includes('aws-chunked') || (headerOf(headers, 'x-amz-content-sha256') ?? '').startsWith('STREAMING-')
  );
}

/** The checksum that a header gives, or that `x-amz-trailer` says will follow. */
function announcedAlgorithm(headers: IncomingHttpHeaders): ChecksumAlgorithm | undefined {
  const announced = (headerOf(headers, 'x-amz-trailer') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const name = [...Object.keys(headers), ...announced].map((header) => CHECKSUM_HEADER.exec(header)?.[1]).find(Boolean);
  if (name === undefined) return undefined;
  const algorithm = algorithmNamed(name);
  if (algorithm === undefined) throw notImplemented(`the checksum ${name} (but ${Object.keys(ALGORITHMS).join(', ')})`);
  return algorithm;
}

function nameOf(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm}`;
}

function checkLength(headers: IncomingHttpHeaders, size: number): void {
  const expected = headerOf(headers, 'x-amz-decoded-content-length');
  if (expected !== undefined && expected !== String(size)) throw new S3Error('IncompleteBody');
}

function checkMd5(headers: IncomingHttpHeaders, actual: Buffer): void {
  const given = headerOf(headers, 'content-md5');
  if (given === undefined) return;
  const expected = Buffer.from(given, 'base64');
  if (expected.length !== actual.length) throw new S3Error('InvalidDigest', { 'Content-MD5': given });
  if (expected.equals(actual)) return;
  throw new S3Error('BadDigest', { ExpectedDigest: given, CalculatedDigest: actual.toString('base64') });
}

function checkSha256(headers: IncomingHttpHeaders, actual: string): void {
  if (headerOf(headers, 'x-amz-content-sha256') === actual) return;
  throw new S3Error('XAmzContentSHA256Mismatch', { S3ComputedContentSHA256: actual });
}

function checkChecksum(algorithm: ChecksumAlgorithm, actual: string, expected: string | undefined): void {
  if (expected === actual) return;
  if (expected === undefined)
    throw new S3Error('InvalidRequest', { message: `The trailer ${nameOf(algorithm)} is missing.` });
  throw new S3Error('BadDigest', {
    message: `The ${algorithm.toUpperCase()} you specified did not match: it is ${actual}.`,
  });
}
