import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { publish, type SiteFile } from '../../../functions/dashboard-files/dashboard-files.ts';
import type { SiteHeaders } from '../../../lib/core/api/site.ts';

const FILES: readonly SiteFile[] = ['/index.html', '/assets/a-1.js', '/assets/b-2.css'].map((path) => {
  return { path, body: new TextEncoder().encode(path) };
});

function eventOf(RequestType: 'Create' | 'Update' | 'Delete'): CloudFormationCustomResourceEvent {
  const common = {
    ServiceToken: 'arn',
    ResponseURL: 'https://answer.invalid',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'PublishedFiles',
    ResourceType: 'Custom::DashboardFiles',
    ResourceProperties: { ServiceToken: 'arn' },
  };
  if (RequestType === 'Create') return { ...common, RequestType };
  const known = { ...common, PhysicalResourceId: 'PublishedFiles' };
  return RequestType === 'Delete'
    ? { ...known, RequestType }
    : { ...known, RequestType, OldResourceProperties: { ServiceToken: 'arn' } };
}

function bucket(fails?: string) {
  const put: [string, SiteHeaders][] = [];
  return {
    put,
    options: {
      files: FILES,
      put: async ({ path }: SiteFile, headers: SiteHeaders) => {
        await Promise.resolve();
        if (path === fails) throw new Error('AccessDenied');
        put.push([path, headers]);
      },
    },
  };
}

describe('publishing the dashboard', () => {
  test.each(['Create', 'Update'] as const)('puts every file upon %s, the page last', async (type) => {
    const { put, options } = bucket();
    const answer = await publish(eventOf(type), options);
    expect(put.map(([path]) => path)).toEqual(['/assets/a-1.js', '/assets/b-2.css', '/index.html']);
    expect(put[2]?.[1]).toMatchObject({ cacheControl: 'no-cache' });
    expect(answer).toEqual({
      Status: 'SUCCESS',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'PublishedFiles',
      PhysicalResourceId: 'PublishedFiles',
    });
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
