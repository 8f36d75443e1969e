import type { IncomingHttpHeaders } from 'node:http';
import type { Checksum, StoredObject } from '../storage/stored-object.ts';
import { headerOf } from './request.ts';

const KEPT = new Set(['cache-control', 'content-disposition', 'content-language', 'content-type', 'expires']);
const KEPT_OF_AMAZON = /^x-amz-(meta-|server-side-encryption$|server-side-encryption-aws-kms-key-id$)/;
const DEFAULT_TYPE = 'binary/octet-stream';

/** The headers of a put that are given back with the object. */
export function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': DEFAULT_TYPE };
  for (const name of Object.keys(headers)) {
    if (KEPT.has(name) || KEPT_OF_AMAZON.test(name)) kept[name] = headerOf(headers, name) ?? '';
  }
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((one) => one !== 'aws-chunked' && one !== '').join(',');
  return encoding === '' ? kept : { ...kept, 'content-encoding': encoding };
}

export function describingHeaders(object: StoredObject): Record<string, string> {
  return {
    ...object.headers,
    etag: quoted(object.etag),
    'last-modified': new Date(object.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
  };
}

export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** HTTP's times know no milliseconds: S3 lists what HTTP says. */
export function isoTime(time: number): string {
  return new Date(time).toISOString();
}

export function checksumHeader(checksum: Checksum | undefined): Record<string, string> {
  return checksum === undefined ? {} : { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value };
}

/** Encryption is not done here, but told back as asked for. */
export function encryptionHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith('x-amz-server-side-encryption')),
  );
}
