import type { IncomingHttpHeaders } from 'node:http';
import type { StoredObject } from '../storage/stored-object.ts';
import { headerOf } from './request.ts';
import { S3Error } from './s3-error.ts';

type Condition = 'if-match' | 'if-none-match' | 'if-modified-since' | 'if-unmodified-since';

/** Whether a reader wants the object: `false` is 304, not modified. @throws PreconditionFailed */
export function isWanted(object: StoredObject, headers: IncomingHttpHeaders, prefix = ''): boolean {
  const read = (condition: Condition): string | undefined => headerOf(headers, `${prefix}${condition}`);
  const match = read('if-match');
  if (match !== undefined && !names(match, object)) throw failed('If-Match');
  if (match === undefined && isAfter(object, read('if-unmodified-since'))) throw failed('If-Unmodified-Since');
  const noneMatch = read('if-none-match');
  return noneMatch === undefined ? isAfter(object, read('if-modified-since'), true) : !names(noneMatch, object);
}

/** @throws PreconditionFailed unless the key may be written over what is there now */
export function checkWrite(current: StoredObject | undefined, headers: IncomingHttpHeaders): void {
  const match = headerOf(headers, 'if-match');
  if (match !== undefined && current === undefined) throw new S3Error('NoSuchKey');
  if (match !== undefined && current !== undefined && !names(match, current)) throw failed('If-Match');
  const noneMatch = headerOf(headers, 'if-none-match');
  if (noneMatch !== undefined && current !== undefined && names(noneMatch, current)) throw failed('If-None-Match');
}

function names(etags: string, object: StoredObject): boolean {
  const list = new Set(etags.split(',').map((etag) => etag.trim().replaceAll(/^(?:W\/)?"|"$/g, '')));
  return list.has('*') || list.has(object.etag);
}

/** Whether it was modified after that time; without a valid time, `otherwise`. */
function isAfter(object: StoredObject, time: string | undefined, otherwise = false): boolean {
  const since = Date.parse(time ?? '');
  return Number.isNaN(since) ? otherwise : object.lastModified > since;
}

function failed(Condition: string): S3Error {
  return new S3Error('PreconditionFailed', { Condition });
}
