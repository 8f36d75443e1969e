import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { S3Error } from './s3-error.ts';

export interface S3Request {
  /** Told to the client, and in events. */
  readonly id: string;
  readonly method: string;
  /** `''` where the path names none. */
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: AsyncIterable<Uint8Array>;
}

const MAX_KEY_BYTES = 1024;

/** Reads what a request is about from its path, in path style: /BUCKET/KEY?QUERY. */
export function readRequest(message: IncomingMessage): S3Request {
  const [path = '', ...query] = (message.url ?? '/').split('?');
  const [, bucket = '', ...key] = path.split('/');
  return {
    id: randomBytes(8).toString('hex').toUpperCase(),
    method: message.method ?? 'GET',
    bucket: decode(bucket),
    key: keyOf(key.join('/')),
    query: new URLSearchParams(query.join('?')),
    headers: message.headers,
    // A body that is not read to its end must not close the connection: the reply goes through it.
    body: message.iterator({ destroyOnReturn: false }),
  };
}

/** A header's value; undefined if it is not there. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/** A whole number from the query; undefined if it is not there. @throws InvalidArgument */
export function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new S3Error('InvalidArgument', {
    message: `${name} must be a whole number (given ${text})`,
    ArgumentName: name,
    ArgumentValue: text,
  });
}

function keyOf(encoded: string): string {
  const key = decode(encoded);
  if (Buffer.byteLength(key) <= MAX_KEY_BYTES) return key;
  throw new S3Error('KeyTooLongError', {
    message: `Your key is too long: at most ${MAX_KEY_BYTES} bytes of UTF-8 (given ${Buffer.byteLength(key)}).`,
  });
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new S3Error('InvalidURI', { URI: encoded });
  }
}
