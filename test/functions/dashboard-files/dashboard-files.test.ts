import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { publish, type SiteFile } from '../../../functions/dashboard-files/dashboard-files.ts';
import type { SiteHeaders } from '../../../lib/core/api/site.ts';

const FILES: readonly SiteFile[] = ['/index.html', '/assets/a-1.js', '/assets/b-2.css'].map((path) => {
  return { path, body: new TextEncoder().encode(path) };
});

const SIGN_IN = {
  issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab1',
  domain: 'https://flagstone-1a2b.auth.eu-west-1.amazoncognito.com',
  clientId: '1example23456789',
  scopes: ['openid', 'email'],
  pages: ['https://d1.cloudfront.net/'],
};

function eventOf(
  RequestType: 'Create' | 'Update' | 'Delete',
  SignIn: object | undefined = SIGN_IN,
): CloudFormationCustomResourceEvent {
  const common = {
    ServiceToken: 'arn',
    ResponseURL: 'https://answer.invalid',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'PublishedFiles',
    ResourceType: 'Custom::DashboardFiles',
    ResourceProperties: { ServiceToken: 'arn', Files: 'fingerprint', SignIn },
  };
  if (RequestType === 'Create') return { ...common, RequestType };
  const known = { ...common, PhysicalResourceId: 'PublishedFiles' };
  return RequestType === 'Delete'
    ? { ...known, RequestType }
    : { ...known, RequestType, OldResourceProperties: { ServiceToken: 'arn' } };
}

function bucket(fails?: string) {
  const put: [string, SiteHeaders, string][] = [];
  return {
    put,
    options: {
      readFiles: async () => FILES,
      put: async ({ path, body }: SiteFile, headers: SiteHeaders) => {
        await Promise.resolve();
        if (path === fails) throw new Error('AccessDenied');
        put.push([path, headers, new TextDecoder().decode(body)]);
      },
    },
  };
}

describe('publishing the dashboard', () => {
  test.each(['Create', 'Update'] as const)('puts every file upon %s, the page last', async (type) => {
    const { put, options } = bucket();
    const answer = await publish(eventOf(type), options);
    expect(put.map(([path]) => path)).toEqual(['/assets/a-1.js', '/assets/b-2.css', '/config.json', '/index.html']);
    expect(put[3]?.[1]).toMatchObject({ cacheControl: 'no-cache' });
    expect(answer).toEqual({
      Status: 'SUCCESS',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'PublishedFiles',
      PhysicalResourceId: 'PublishedFiles',
    });
  });

  test('says how to sign in, in a file that nobody keeps', async () => {
    const { put, options } = bucket();
    await publish(eventOf('Create'), options);
    const [, headers, text] = put.find(([path]) => path === '/config.json')!;
    expect(headers).toEqual({ contentType: 'application/json', cacheControl: 'no-store' });
    expect(JSON.parse(text)).toEqual({ signIn: SIGN_IN });
  });

  test.each([
    ['not given', { ...SIGN_IN, clientId: undefined }],
    ['not https', { ...SIGN_IN, domain: 'http://sign-in.example' }],
  ])('fails before anything is put if how to sign in is %s', async (_, signIn) => {
    const { put, options } = bucket();
    const answer = await publish(eventOf('Update', signIn), options);
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('signIn.') });
    expect(put).toEqual([]);
  });

  test('tells CloudFormation why, if the files are not there, instead of letting it wait', async () => {
    const readFiles = async () => Promise.reject(new Error('ENOENT: site'));
    const answer = await publish(eventOf('Create'), { ...bucket().options, readFiles });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('ENOENT: site') });
  });

  test('leaves the files alone when the stack is deleted: the bucket says what becomes of them', async () => {
    const { put, options } = bucket();
    expect(await publish(eventOf('Delete'), options)).toMatchObject({ Status: 'SUCCESS' });
    expect(put).toEqual([]);
  });

  test('keeps the old page and fails the deployment if a file could not be put', async () => {
    const { put, options } = bucket('/assets/b-2.css');
    const answer = await publish(eventOf('Update'), options);
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('AccessDenied') });
    expect(put.map(([path]) => path)).not.toContain('/index.html');
  });
});
