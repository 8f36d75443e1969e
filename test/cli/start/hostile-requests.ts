import { gzipSync } from 'node:zlib';
import type { RawRequest } from './raw-request.ts';

interface HostileRequest extends RawRequest {
  readonly status: number;
}

type Requests = Readonly<Record<string, HostileRequest>>;

const EVIL = 'Origin: https://evil.example';
const CROSS_SITE = 'Sec-Fetch-Site: cross-site';
const JSON_TYPE = 'Content-Type: application/json';
const upgrade = (path: string, ...headers: string[]): RawRequest => ({
  line: `GET ${path} HTTP/1.1`,
  headers: [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  ],
});
const get = (path: string, ...headers: string[]): RawRequest => ({ line: `GET ${path} HTTP/1.1`, headers });
const post = (path: string, body: Uint8Array | string, ...headers: string[]): RawRequest => {
  return { line: `POST ${path} HTTP/1.1`, headers, body };
};

const POLLUTING = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
const DEEP = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
/** 100 MB of spaces in 100 KB. */
const BOMB = gzipSync(Buffer.alloc(100_000_000, ' '));
const LAUGHS = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1000)}">]><Delete>&b;</Delete>`;

/** What every server refuses: other names, other people's pages, and what is no HTTP. */
const EVERYWHERE: Requests = {
  'a name that was made to lead here': { host: 'evil.example', status: 421 },
  'a name with the right port': { host: 'localhost.evil.example:3000', status: 421 },
  'no host': { host: null, status: 400 },
  'two hosts': { headers: ['Host: evil.example'], status: 400 },
  'a proxy': { ...get('http://evil.example/'), status: 421 },
  "a form of somebody else's page": { ...post('/', 'a=b', EVIL, CROSS_SITE), status: 403 },
  "an image on somebody else's page": { headers: [CROSS_SITE, 'Sec-Fetch-Mode: no-cors'], status: 403 },
  'a page of no origin': { headers: ['Origin: null'], status: 403 },
  'a page of another port': { headers: ['Origin: http://127.0.0.1:1'], status: 403 },
  "a WebSocket of somebody else's page": { ...upgrade('/', EVIL), status: 403 },
  'a WebSocket under another name': { ...upgrade('/live'), host: 'evil.example', status: 421 },
  'a path of 20 KB': { ...get(`/${'a'.repeat(20_000)}`), status: 431 },
  'a header of 20 KB': { headers: [`X-Large: ${'a'.repeat(20_000)}`], status: 431 },
  'ten thousand headers': { headers: Array.from({ length: 10_000 }, (_, n) => `X-${n}: 1`), status: 431 },
  'a NUL in a header': { headers: ['X-Nul: a\0b'], status: 400 },
  'a NUL in the path': { ...get('/a\0b'), status: 400 },
  'a line feed in a header': { headers: ['X-Split: a\nX-Injected: b'], status: 400 },
  'a header without a name': { headers: [': x'], status: 400 },
  'a length that is none': { headers: ['Content-Length: -1'], status: 400 },
  'two lengths': { headers: ['Content-Length: 1', 'Content-Length: 2'], status: 400 },
  'a length and chunks (request smuggling)': {
    ...post('/', '0\r\n\r\nGET /stop HTTP/1.1\r\n\r\n', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
    status: 400,
  },
  'a method that is none': { line: 'CONSTRUCTOR / HTTP/1.1', status: 400 },
  'what is no HTTP': { line: '\x16\x03\x01 TLS', status: 400 },
};

const FRONT: Requests = {
  'a path that no URL parser takes': { ...get('//'), status: 200 },
  'a path with a backslash': { ...get('/\\..\\..\\package.json'), status: 200 },
  'a path upwards': { ...get('/assets/../../../package.json'), status: 404 },
  'an encoded path upwards': { ...get('/assets/%2e%2e/%2e%2e/package.json'), status: 404 },
  'an encoded slash': { ...get('/assets/..%2f..%2fpackage.json'), status: 404 },
  'an encoded NUL': { ...get('/assets/index.js%00.svg'), status: 404 },
  'what is not UTF-8': { ...get('/api/users/%ff'), status: 400 },
  'half of an escape': { ...get('/api/users/%'), status: 400 },
  'a user called __proto__': { ...get('/api/users/__proto__'), status: 404 },
  'a user with a NUL': { ...get('/api/users/%00'), status: 404 },
  'a network upwards': { ...get('/api/networks/..%2f..%2fx/users/constructor'), status: 404 },
  'a parameter called __proto__': { ...get('/api/transactions?__proto__=1&constructor=2'), status: 400 },
  'parameters that pollute': { ...get('/api/transactions?limit[__proto__]=1'), status: 400 },
  'a cursor of somebody': { ...get('/api/transactions?cursor=..%2f..%2f'), status: 400 },
  'a parameter of 15 KB': { ...get(`/api/transactions?user=${'a'.repeat(15_000)}`), status: 400 },
  'cookies of 15 KB': { ...get('/api/stats', `Cookie: ${'a=b; '.repeat(3000)}`), status: 200 },
  'cookies that pollute': { ...get('/api/stats', 'Cookie: __proto__=1; constructor=2; =; ;;'), status: 200 },
  'headers that pollute': { ...get('/api/stats', '__proto__: 1', 'constructor: 2'), status: 200 },
  'a body of 11 MB': { ...post('/api/stats', Buffer.alloc(11_000_000)), status: 413 },
  'a body where none is expected': { ...post('/api/stats', POLLUTING, JSON_TYPE), status: 405 },
  "a ticket for somebody else's page": { ...post('/api/live-tickets', '', EVIL), status: 403 },
  'a ticket with parameters that pollute': { ...post('/api/live-tickets?__proto__=1', ''), status: 400 },
  'a gzip bomb': { ...post('/api/stats', BOMB, JSON_TYPE, 'Content-Encoding: gzip'), status: 413 },
  'chunks that are none': { ...post('/api/stats', 'zz\r\n', 'Transfer-Encoding: chunked'), status: 400 },
  'a page to a connection': { ...post('/live/@connections/x', '{}', 'Sec-Fetch-Site: same-origin'), status: 403 },
  'a connection that cannot be decoded': { ...post('/live/@connections/%ff', '{}'), status: 410 },
  'a connection upwards': { ...get('/live/@connections/..%2f..%2f'), status: 410 },
  'a WebSocket with parameters that pollute': { ...upgrade('/series?__proto__=1&constructor=2&window=2'), status: 400 },
  'a WebSocket nowhere': { ...upgrade('//'), status: 403 },
  "a live WebSocket of somebody else's page": { ...upgrade('/live', EVIL), status: 403 },
};

const S3: Requests = {
  'a bucket upwards': { ...get('/..%2f..%2fetc/passwd'), status: 404 },
  'a key that cannot be decoded': { ...get('/bucket/%ff'), status: 400 },
  'a key of 2 KB': { ...get(`/bucket/${'a'.repeat(2000)}`), status: 400 },
  'a document that laughs': { ...post('/bucket?delete', LAUGHS), status: 400 },
  'a page of the machine itself': { headers: ['Sec-Fetch-Site: same-origin'], status: 403 },
};

const target = (name: string) => [`X-Amz-Target: ${name}`, 'Content-Type: application/x-amz-json-1.1'];
const table = (name: string) => [`X-Amz-Target: DynamoDB_20120810.${name}`, 'Content-Type: application/x-amz-json-1.0'];

const KINESIS: Requests = {
  'an operation of every object': { ...post('/', '{}', ...target('Kinesis_20131202.constructor')), status: 400 },
  'what is no JSON': { ...post('/', '{', ...target('Kinesis_20131202.PutRecord')), status: 400 },
  'JSON of another type': { ...post('/', '{}', 'X-Amz-Target: Kinesis_20131202.ListStreams'), status: 400 },
  'JSON that pollutes': { ...post('/', POLLUTING, ...target('Kinesis_20131202.PutRecord')), status: 400 },
  'JSON of 100,000 levels': { ...post('/', DEEP, ...target('Kinesis_20131202.PutRecord')), status: 400 },
  'a gzip bomb': { ...post('/', BOMB, ...target('Kinesis_20131202.PutRecord'), 'Content-Encoding: gzip'), status: 400 },
  'a stream upwards': {
    ...post('/', '{"StreamName":"../../x","PartitionKey":"a","Data":"YQ=="}', ...target('Kinesis_20131202.PutRecord')),
    status: 400,
  },
};

const DYNAMODB: Requests = {
  'an operation of every object': { ...post('/', '{}', ...table('constructor')), status: 400 },
  'what is no JSON': { ...post('/', '{', ...table('GetItem')), status: 400 },
  'JSON that pollutes': { ...post('/', POLLUTING, ...table('GetItem')), status: 400 },
  'JSON of 100,000 levels': { ...post('/', DEEP, ...table('GetItem')), status: 400 },
  'a gzip bomb': { ...post('/', BOMB, ...table('GetItem'), 'Content-Encoding: gzip'), status: 400 },
  'a table of every object': { ...post('/', '{"TableName":"__proto__"}', ...table('DescribeTable')), status: 400 },
};

const LAMBDA: Requests = {
  "a stop by somebody else's page": { ...post('/stop', '', EVIL), status: 403 },
  'a stop under another name': { ...post('/stop', ''), host: 'evil.example', status: 421 },
  'a function that cannot be decoded': { ...post('/2015-03-31/functions/%ff/invocations', '{}'), status: 404 },
  'a function of every object': { ...post('/2015-03-31/functions/__proto__/invocations', '{}'), status: 404 },
  'a path upwards': { ...post('/2015-03-31/functions/../../stop', '{}'), status: 404 },
};

/** By the names of the endpoints. */
export const HOSTILE: Readonly<Record<string, Requests>> = {
  http: { ...EVERYWHERE, ...FRONT },
  s3: { ...EVERYWHERE, ...S3 },
  kinesis: { ...EVERYWHERE, ...KINESIS },
  dynamodb: { ...EVERYWHERE, ...DYNAMODB },
  lambda: { ...EVERYWHERE, ...LAMBDA },
};
