import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceResponse, Context } from 'aws-lambda';
import { expect, onTestFinished, test, vi } from 'vitest';
import { bundleFunctions } from '../../../lib/stack/function-bundles.ts';
import { temporaryFolder } from '../../local/temporary-folder.ts';
import { newBucket } from '../../local/services/new-bucket.ts';
import { runServices } from '../../local/services/running-services.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

await runServices();
const s3 = new S3Client({ forcePathStyle: true });

/** What is said to CloudFormation, which gives an address for it. */
async function cloudFormation(): Promise<{ url: string; told: Promise<CloudFormationCustomResourceResponse> }> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const told = once(server, 'request').then(async ([request, response]) => {
    response.end();
    expect((request as IncomingMessage).method).toBe('PUT');
    return (await json(request as IncomingMessage)) as CloudFormationCustomResourceResponse;
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer`, told };
}

/** The function as it is deployed: its bundle, with files beside it. */
async function deploy(bucket: string, files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  await cp(path.join(bundleFunctions(ROOT), 'dashboard-files'), folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, 'site', name)), { recursive: true });
    await writeFile(path.join(folder, 'site', name), content);
  }
  vi.stubEnv('SITE_BUCKET', bucket);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { handler } = (await import(pathToFileURL(path.join(folder, 'index.mjs')).href)) as {
    handler: (event: object, context: Partial<Context>) => Promise<void>;
  };
  return (event: object) => handler(event, { functionName: 'dashboard-files', memoryLimitInMB: '256' });
}

const SIGN_IN = {
  issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab1',
  domain: 'https://flagstone-1a2b.auth.eu-west-1.amazoncognito.com',
  clientId: '1example23456789',
  scopes: ['openid'],
  pages: ['https://d1.cloudfront.net/'],
};

function eventOf(ResponseURL: string, SignIn: object | undefined = SIGN_IN): object {
  const names = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'PublishedFiles' };
  return { RequestType: 'Create', ResponseURL, ...names, ResourceProperties: { Files: 'fingerprint', SignIn } };
}

test('the bundle puts its files and how to sign in into the bucket, and tells CloudFormation', async () => {
  const Bucket = await newBucket(s3);
  const call = await deploy(Bucket, { 'index.html': '<!doctype html>', 'assets/app-1a.js': 'export {};' });
  const { url, told } = await cloudFormation();
  await call(eventOf(url));
  expect(await told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'PublishedFiles', RequestId: 'request' });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents.map(({ Key }) => Key)).toEqual(['assets/app-1a.js', 'config.json', 'index.html']);
  const config = await s3.send(new GetObjectCommand({ Bucket, Key: 'config.json' }));
  expect(config).toMatchObject({ CacheControl: 'no-store', ContentType: 'application/json' });
  expect(JSON.parse(await config.Body!.transformToString())).toEqual({ signIn: SIGN_IN });
  expect(await s3.send(new GetObjectCommand({ Bucket, Key: 'assets/app-1a.js' }))).toMatchObject({
    CacheControl: 'public, max-age=31536000, immutable',
    ContentType: 'text/javascript; charset=utf-8',
  });
});

const PAGE = { 'index.html': '' };

test.each([
  { what: 'its files are missing', files: undefined, signIn: SIGN_IN, reason: /ENOENT/ },
  { what: 'it is not told how to sign in', files: PAGE, signIn: {}, reason: /signIn/ },
])('the bundle tells CloudFormation that it has failed if $what, and puts nothing', async (given) => {
  const Bucket = await newBucket(s3);
  const call = await deploy(Bucket, given.files ?? {});
  const { url, told } = await cloudFormation();
  await call(eventOf(url, given.signIn));
  expect(await told).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(given.reason) });
  const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket }));
  expect(KeyCount).toBe(0);
});
