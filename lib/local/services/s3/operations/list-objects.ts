import { isoTime, quoted } from '../protocol/object-headers.ts';
import { xmlReply, type S3Reply } from '../protocol/reply.ts';
import { numberIn, type S3Request } from '../protocol/request.ts';
import { S3Error } from '../protocol/s3-error.ts';
import { optional, xmlDocument, type XmlNode } from '../protocol/xml.ts';
import type { Bucket } from '../storage/catalogue.ts';
import { bytesOfKey, keyOfBytes } from '../storage/key-list.ts';
import { bucketIn } from '../storage/storage.ts';
import type { Call } from './call.ts';
import { listPage, type Page, type PageEnd } from './list-page.ts';

const MAX_KEYS = 1000;

export function listObjectsV2({ request, ledger }: Call): S3Reply {
  const { query } = request;
  const listing = list(bucketIn(ledger.catalogue, request.bucket), request, startOfV2(query));
  const { keys, prefixes, end } = listing.page;
  return xmlReply(
    xmlDocument('ListBucketResult', [
      ...listing.head,
      ['KeyCount', keys.length + prefixes.length],
      optional('ContinuationToken', query.get('continuation-token') ?? undefined),
      optional('NextContinuationToken', end && tokenOf(end)),
      optional('StartAfter', encoded(request, query.get('start-after'))),
      ...listing.body,
    ]),
  );
}

/** The first version of the listing, which goes on from a key. */
export function listObjects({ request, ledger }: Call): S3Reply {
  const { query } = request;
  const marker = query.get('marker') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const after = { bytes: bytesOfKey(marker), isPrefix: delimiter !== '' && marker.endsWith(delimiter) };
  const listing = list(bucketIn(ledger.catalogue, request.bucket), request, marker === '' ? undefined : after);
  const { end } = listing.page;
  return xmlReply(
    xmlDocument('ListBucketResult', [
      ...listing.head,
      ['Marker', encoded(request, marker) ?? ''],
      optional('NextMarker', delimiter === '' ? undefined : encoded(request, end && keyOfBytes(end.bytes))),
      ...listing.body,
    ]),
  );
}

interface Listing {
  readonly page: Page;
  readonly head: readonly (XmlNode | undefined)[];
  readonly body: readonly XmlNode[];
}

function list(bucket: Bucket, request: S3Request, after: PageEnd | undefined): Listing {
  const { query } = request;
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = Math.min(numberIn(query, 'max-keys') ?? MAX_KEYS, MAX_KEYS);
  const page = listPage(bucket.keys, {
    prefix: bytesOfKey(prefix),
    delimiter: bytesOfKey(delimiter),
    limit,
    ...(after && { after }),
  });
  const head = [
    ['Name', bucket.name],
    ['Prefix', encoded(request, prefix) ?? ''],
    optional('Delimiter', delimiter === '' ? undefined : encoded(request, delimiter)),
    ['MaxKeys', limit],
    optional('EncodingType', query.get('encoding-type') ?? undefined),
    ['IsTruncated', String(page.end !== undefined)],
  ] as const;
  return { page, head, body: [...contentsOf(bucket, request, page), ...prefixesOf(request, page)] };
}

function contentsOf(bucket: Bucket, request: S3Request, { keys }: Page): XmlNode[] {
  return keys.map(keyOfBytes).map((key): XmlNode => {
    const object = bucket.objects.get(key);
    if (object === undefined) throw new Error(`the list of keys holds ${key}, which is no object`);
    return [
      'Contents',
      [
        ['Key', encoded(request, key) ?? ''],
        ['LastModified', isoTime(object.lastModified)],
        ['ETag', quoted(object.etag)],
        ['Size', object.size],
        ['StorageClass', 'STANDARD'],
      ],
    ];
  });
}

function prefixesOf(request: S3Request, { prefixes }: Page): XmlNode[] {
  return prefixes.map((prefix): XmlNode => [
    'CommonPrefixes',
    [['Prefix', encoded(request, keyOfBytes(prefix)) ?? '']],
  ]);
}

/** As the client wants keys told: as they are, or URL-encoded, for XML cannot hold every character. */
export function encoded({ query }: S3Request, text: string | null | undefined): string | undefined {
  if (text === null || text === undefined) return undefined;
  const encoding = query.get('encoding-type');
  if (encoding === null) return text;
  if (encoding === 'url') return encodeURIComponent(text).replaceAll('%2F', '/');
  throw new S3Error('InvalidArgument', { message: `encoding-type must be url (given ${encoding})` });
}

function startOfV2(query: URLSearchParams): PageEnd | undefined {
  const token = query.get('continuation-token');
  if (token !== null) return readToken(token);
  const startAfter = query.get('start-after') ?? '';
  return startAfter === '' ? undefined : { bytes: bytesOfKey(startAfter), isPrefix: false };
}

function tokenOf({ bytes, isPrefix }: PageEnd): string {
  return Buffer.from(`${isPrefix ? 'p' : 'k'}${bytes}`, 'latin1').toString('base64url');
}

function readToken(token: string): PageEnd {
  const text = Buffer.from(token, 'base64url').toString('latin1');
  if (/^[pk]/.test(text)) return { bytes: text.slice(1), isPrefix: text.startsWith('p') };
  throw new S3Error('InvalidArgument', {
    message: 'The continuation token provided is incorrect',
    ArgumentName: 'continuation-token',
  });
}
