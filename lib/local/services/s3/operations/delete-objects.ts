import { readText } from '../protocol/checked-body.ts';
import { xmlReply, type S3Reply } from '../protocol/reply.ts';
import { notImplemented, S3Error } from '../protocol/s3-error.ts';
import { xmlDocument, type XmlNode } from '../protocol/xml.ts';
import { childOf, readXml, textOf, type XmlElement } from '../protocol/xml-reader.ts';
import { EVERYTHING } from '../storage/ledger.ts';
import { bucketIn } from '../storage/storage.ts';
import type { Call } from './call.ts';
import { ONLY_VERSION } from './list-versions.ts';

export async function deleteObject({ request, ledger }: Call): Promise<S3Reply> {
  const { bucket, key } = request;
  await ledger.commit(`${bucket}/${key}`, (catalogue) =>
    bucketIn(catalogue, bucket).objects.has(key) ? [{ do: 'delete', bucket, keys: [key] }] : [],
  );
  return { status: 204 };
}

const MAX_KEYS = 1000;

export async function deleteObjects({ request, ledger }: Call): Promise<S3Reply> {
  const { bucket } = request;
  const document = readXml(await readText(request));
  const keys = keysToDelete(document);
  await ledger.commit(EVERYTHING, (catalogue) => {
    const { objects } = bucketIn(catalogue, bucket);
    const there = [...new Set(keys)].filter((key) => objects.has(key));
    return there.length > 0 ? [{ do: 'delete', bucket, keys: there }] : [];
  });
  const deleted = keys.map((key): XmlNode => ['Deleted', [['Key', key]]]);
  return xmlReply(xmlDocument('DeleteResult', textOf(document, 'Quiet') === 'true' ? [] : deleted));
}

function isOnlyVersion(name: string, text: string): boolean {
  return name === 'VersionId' && text === ONLY_VERSION;
}

function keysToDelete(document: XmlElement): string[] {
  const objects = document.children.filter(({ name }) => name === 'Object');
  if (document.name !== 'Delete' || objects.length === 0 || objects.length > MAX_KEYS)
    throw new S3Error('MalformedXML');
  return objects.map((object) => {
    const unknown = object.children.find(({ name, text }) => name !== 'Key' && !isOnlyVersion(name, text));
    if (unknown !== undefined) throw notImplemented(`DeleteObjects with ${unknown.name} ${unknown.text}`);
    const key = childOf(object, 'Key')?.text ?? '';
    if (key === '') throw new S3Error('MalformedXML');
    return key;
  });
}
