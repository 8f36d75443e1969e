import { readText } from '../protocol/checked-body.ts';
import { isoTime } from '../protocol/object-headers.ts';
import { xmlReply, type S3Reply } from '../protocol/reply.ts';
import { notImplemented, S3Error } from '../protocol/s3-error.ts';
import { optional, xmlDocument, type XmlNode } from '../protocol/xml.ts';
import { readXml, textOf } from '../protocol/xml-reader.ts';
import { EVERYTHING } from '../storage/ledger.ts';
import { bucketIn } from '../storage/storage.ts';
import type { Call } from './call.ts';

/** 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends, no address of a host. */
const BUCKET_NAME = /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export async function createBucket({ request, ledger, now }: Call): Promise<S3Reply> {
  const { bucket } = request;
  if (!BUCKET_NAME.test(bucket)) throw new S3Error('InvalidBucketName', { BucketName: bucket });
  const location = readLocation(await readText(request));
  await ledger.commit(EVERYTHING, ({ buckets }) => {
    if (buckets.has(bucket)) throw new S3Error('BucketAlreadyOwnedByYou', { BucketName: bucket });
    return [{ do: 'create-bucket', bucket, at: now, location }];
  });
  return { status: 200, headers: { location: `/${bucket}`, 'content-length': 0 } };
}

export async function deleteBucket({ request, ledger }: Call): Promise<S3Reply> {
  const { bucket } = request;
  await ledger.commit(EVERYTHING, (catalogue) => {
    if (bucketIn(catalogue, bucket).objects.size > 0) throw new S3Error('BucketNotEmpty', { BucketName: bucket });
    return [{ do: 'delete-bucket', bucket }];
  });
  return { status: 204 };
}

export function headBucket({ request, ledger }: Call): S3Reply {
  const { location } = bucketIn(ledger.catalogue, request.bucket);
  return { status: 200, headers: { 'x-amz-bucket-region': location === '' ? 'us-east-1' : location } };
}

export function getBucketLocation({ request, ledger }: Call): S3Reply {
  const { location } = bucketIn(ledger.catalogue, request.bucket);
  // The one document whose root holds the text itself.
  return xmlReply(xmlDocument('LocationConstraint', []).replace('></', `>${location}</`));
}

export function listBuckets({ ledger }: Call): S3Reply {
  const names = [...ledger.catalogue.buckets.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const buckets = names.map(({ name, createdAt }): XmlNode => [
    'Bucket',
    [
      ['Name', name],
      ['CreationDate', isoTime(createdAt)],
    ],
  ]);
  const owner: XmlNode = [
    'Owner',
    [
      ['ID', 'local'],
      ['DisplayName', 'local'],
    ],
  ];
  return xmlReply(xmlDocument('ListAllMyBucketsResult', [owner, ['Buckets', buckets], optional('Prefix', undefined)]));
}

function readLocation(body: string): string {
  if (body.trim() === '') return '';
  const document = readXml(body);
  const unknown = document.children.find(({ name }) => name !== 'LocationConstraint');
  if (unknown !== undefined) throw notImplemented(`CreateBucket with ${unknown.name}`);
  return textOf(document, 'LocationConstraint');
}
