import { physicalNames } from '../../../lib/local/deploy/physical-names.ts';
import type { Template } from '../../../lib/local/deploy/template.ts';
import { plainId } from '../../infra/rights/template-rights.ts';

/** What a request to AWS needs the right to. */
export interface Need {
  readonly action: string;
  /** As in the declared rights, with the names of objects and connections in full. */
  readonly resource: string;
}

export interface AskedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const NAMED: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::Kinesis::Stream',
  'AWS::Lambda::Function',
]);

/** The plain ids of tables, buckets, streams and functions, by the names that the local run gives them. */
export function idsByName({ Resources: resources }: Template): ReadonlyMap<string, string> {
  const ids = Object.keys(resources).filter((id) => NAMED.has(resources[id]?.Type ?? ''));
  return new Map(Array.from(physicalNames(ids, 'flagstone'), ([id, name]) => [name, plainId(id)] as const));
}

type IdOf = (name: string) => string;

/** What a request needs, by the service that it is sent to. */
export const NEEDS = {
  dynamodb: ({ headers, body }, idOf) => {
    const action = `dynamodb:${operationOf(headers)}`;
    const { TableName: table, IndexName: index, RequestItems: batch } = JSON.parse(body.toString()) as TableRequest;
    if (batch !== undefined) return Object.keys(batch).map((name) => ({ action, resource: idOf(name) }));
    const resource = idOf(table ?? '');
    return [{ action, resource: index === undefined ? resource : `${resource}/index/${index}` }];
  },
  kinesis: ({ headers, body }, idOf) => {
    const { StreamName: stream = '' } = JSON.parse(body.toString()) as { readonly StreamName?: string };
    return [{ action: `kinesis:${operationOf(headers)}`, resource: idOf(stream) }];
  },
  lambda: ({ url }, idOf) => {
    const [, name = ''] = /\/functions\/([^/]+)\/invocations$/.exec(url) ?? [];
    return [{ action: 'lambda:InvokeFunction', resource: idOf(name) }];
  },
  front: ({ method, url }) => {
    const [, stage, connection] = /^\/(\w+)\/@connections\/(.+)$/.exec(url) ?? [];
    const api = stage === 'live' ? 'LiveApi' : 'SeriesApi';
    const resource = `${api}/${stage}/${method}/@connections/${connection}`;
    return [{ action: 'execute-api:ManageConnections', resource }];
  },
  s3: (request, idOf) => {
    const { pathname, searchParams } = new URL(request.url, 'http://s3');
    const [, name = '', key = ''] = /^\/([^/]+)\/?(.*)$/.exec(pathname) ?? [];
    const bucket = idOf(name);
    const object = { bucket, key: decodeURIComponent(key) };
    if (key === '') return bucketNeeds(request, searchParams, bucket);
    const action = OBJECT_ACTIONS[request.method];
    if (action === undefined || searchParams.has('uploadId')) throw unknown(request);
    const needs = [need(action, object)];
    // To be put on the condition that it is still as it was read, an object must be one's to read.
    if (request.headers['if-match'] !== undefined) needs.push(need('s3:GetObject', object));
    return needs;
  },
} as const satisfies Record<string, (request: AskedRequest, idOf: IdOf) => readonly Need[]>;

export type ServiceName = keyof typeof NEEDS;

/** An object that is not there is told as such only to who may list the bucket. */
export function toldMissing({ method, url }: AskedRequest, idOf: IdOf): Need | undefined {
  const [, name = '', key = ''] = /^\/([^/?]+)\/?([^?]*)/.exec(url) ?? [];
  if (key === '' || (method !== 'GET' && method !== 'HEAD')) return undefined;
  return { action: 's3:ListBucket', resource: idOf(name) };
}

interface TableRequest {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
}

const OBJECT_ACTIONS: Readonly<Record<string, string>> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

function bucketNeeds(request: AskedRequest, query: URLSearchParams, bucket: string): Need[] {
  if (request.method === 'GET' && query.has('list-type')) return [{ action: 's3:ListBucket', resource: bucket }];
  if (request.method === 'GET' && query.has('versions')) return [{ action: 's3:ListBucketVersions', resource: bucket }];
  if (request.method !== 'POST' || !query.has('delete')) throw unknown(request);
  const objects = request.body.toString().matchAll(/<Key>([^<]*)<\/Key>(<VersionId>)?/g);
  return Array.from(objects, ([, key = '', version]) => {
    return need(version === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', { bucket, key });
  });
}

function need(action: string, { bucket, key }: { readonly bucket: string; readonly key: string }): Need {
  return { action, resource: `${bucket}/${key}` };
}

function operationOf(headers: AskedRequest['headers']): string {
  return String(headers['x-amz-target']).split('.')[1] ?? '';
}

function unknown({ method, url }: AskedRequest): Error {
  return new Error(`nobody has said which right ${method} ${url} needs`);
}

/** The right that permits what is needed; undefined if none does. */
export function permittingRight(rights: Iterable<string>, { action, resource }: Need): string | undefined {
  for (const right of rights) {
    const [allowed = '', pattern = ''] = right.split(' ');
    if (allowed === action && matches(pattern, resource)) return right;
  }
  return undefined;
}

function matches(pattern: string, resource: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(resource);
}
