import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { startFrontServer } from '../../../lib/local/gateway/front-server.ts';
import { StaticSite } from '../../../lib/local/gateway/static-site.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let front: string;

beforeEach(async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'site/assets'), { recursive: true });
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await writeFile(path.join(folder, 'site/index.html'), '<!doctype html><title>the page</title>');
  await writeFile(path.join(folder, 'site/assets/app-1a.js'), 'export {};');
  const site = new StaticSite(path.join(folder, 'site'));
  const server = await startFrontServer({ port: 0, sites: [site], onFault: () => undefined });
  onTestFinished(() => server.close());
  front = server.endpoint;
});

describe('the static site', () => {
  test.each(['/', '/purchases?open=a%2F1%2F0', '/users/a.b%2Fc', '/index.html'])('%s is the page', async (address) => {
    const response = await fetch(front + address);
    expect(await response.text()).toContain('the page');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  test('may load nothing from elsewhere, and be framed by nobody', async () => {
    const { headers } = await fetch(front);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('has its assets kept by browsers', async () => {
    const { headers, status } = await fetch(`${front}/assets/app-1a.js`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('cache-control')).toContain('immutable');
  });

  test.each(['/assets/gone.js', '/assets/..%2f..%2fsecret.txt', '/assets/%2e%2e/%2e%2e/secret.txt', '/assets/'])(
    'gives nothing out for %s but what it has',
    async (address) => {
      const response = await fetch(front + address);
      expect(await response.text()).not.toContain('secret');
    },
  );

  test('says that an asset is gone, instead of giving a page for it', async () => {
    expect((await fetch(`${front}/assets/gone.js`)).status).toBe(404);
  });

  test('answers HEAD without a body, and nothing but GET and HEAD', async () => {
    const head = await fetch(front, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe('38');
    expect(await head.text()).toBe('');
    expect((await fetch(front, { method: 'POST' })).status).toBe(404);
  });
});
