import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { DASHBOARD_OPTIONS } from '../../../lib/cli/dashboard/options.ts';
import { findPageAddress } from '../../../lib/cli/dashboard/page-address.ts';
import { readRequest } from '../../../lib/cli/dashboard/request.ts';
import { serveSources } from '../../../lib/cli/dashboard/serve-sources.ts';
import { parseOptions } from '../../../lib/cli/options.ts';
import { FakeHost } from '../fake-host.ts';
import { statusOf } from '../start/raw-request.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

function read(...args: string[]) {
  return readRequest(parseOptions(DASHBOARD_OPTIONS, args));
}

describe('the options of flagstone dashboard', () => {
  test('name the system that is asked, and the port', () => {
    expect(read()).toEqual({ target: { kind: 'local run', data: '.flagstone' }, port: undefined });
    expect(read('--stack=Flagstone', '--port=0')).toMatchObject({ target: { stack: 'Flagstone' }, port: 0 });
  });

  test.each(['65536', '-1', 'x', '1.5'])('refuse %s as a port', (port) => {
    expect(() => read(`--port=${port}`)).toThrow(`--port must be an integer from 0 to 65535 (given "${port}")`);
  });
});

const UPGRADE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];
const upgrade = (path: string) => ({ line: `GET ${path} HTTP/1.1` });

/** A system that says this of signing in; nothing: one that answers with its page. */
async function systemThatSays(config: object | undefined): Promise<string> {
  const server = createServer((_, response) => {
    const type = config === undefined ? 'text/html' : 'application/json';
    response.setHeader('content-type', type).end(config === undefined ? '<!doctype html>' : JSON.stringify(config));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function signInFrom(...pages: string[]): object {
  const [issuer, domain] = ['https://issuer.example/pool', 'https://sign-in.example'];
  return { signIn: { issuer, domain, clientId: 'pages', scopes: ['openid'], pages } };
}

const DEPLOYED = 'https://d1.cloudfront.net/';

describe('where the pages are served', () => {
  test.each([
    ['a local run', { signIn: null }],
    ['a system of an earlier version', undefined],
  ])('is up to the user, for %s', async (_, config) => {
    const backend = await systemThatSays(config);
    expect(await findPageAddress({ backend, port: undefined })).toMatchObject({ host: '127.0.0.1', port: 5173 });
    expect(await findPageAddress({ backend, port: 8080 })).toMatchObject({ port: 8080, isOnly: false });
  });

  test('is where the stack lets people sign in from', async () => {
    const backend = await systemThatSays(signInFrom(DEPLOYED, 'http://localhost:8080/'));
    const only = { host: 'localhost', port: 8080, isOnly: true };
    expect(await findPageAddress({ backend, port: undefined })).toEqual(only);
    expect(await findPageAddress({ backend, port: 8080 })).toEqual(only);
    await expect(findPageAddress({ backend, port: 5173 })).rejects.toThrow(
      '--port must be 8080: the stack lets people sign in from no other (given 5173)',
    );
  });

  test('is nowhere if the stack does not say so', async () => {
    const backend = await systemThatSays(signInFrom(DEPLOYED));
    await expect(findPageAddress({ backend, port: undefined })).rejects.toThrow(
      `nobody can sign in to ${backend} from this machine: deploy the stack with the setting localDashboardPort, such as 5173, or open ${backend}`,
    );
  });
});

describe('the sources of the dashboard', () => {
  test('are served as they are, and what they ask is asked of the system', async () => {
    const asked: IncomingHttpHeaders[] = [];
    const backend = createServer(({ url, headers }, response) => {
      asked.push(headers);
      response.end(`the API has ${url}`);
    });
    await once(backend.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void backend.close());
    const { port } = backend.address() as AddressInfo;
    const host = new FakeHost();
    const served = serveSources(
      { root: ROOT, backend: `http://127.0.0.1:${port}`, address: { host: '127.0.0.1', port: 0, isOnly: false } },
      host,
    );
    await vi.waitFor(() => expect(host.stdout.text).toContain('The dashboard is on'), { timeout: 30_000 });
    const [address = ''] = /http:\S+(?=,)/.exec(host.stdout.text) ?? [];
    expect(await (await fetch(`${address}purchases`)).text()).toContain('main.tsx');
    expect(await (await fetch(`${address}api/stats`)).text()).toBe('the API has /api/stats');
    expect(await (await fetch(`${address}config.json`)).text()).toBe('the API has /config.json');
    const own = { headers: { origin: new URL(address).origin, 'sec-fetch-site': 'same-origin' } };
    expect(await (await fetch(`${address}api/stats`, own)).text()).toBe('the API has /api/stats');
    expect(asked.filter(({ origin, 'sec-fetch-site': site }) => (origin ?? site) !== undefined)).toEqual([]);
    const others: Record<string, string>[] = [{ origin: 'http://127.0.0.1:1' }, { 'sec-fetch-site': 'cross-site' }];
    for (const headers of others) {
      expect((await fetch(`${address}main.tsx`, { headers })).status).toBe(403);
      expect((await fetch(`${address}api/stats`, { headers })).status).toBe(403);
    }
    expect(await statusOf(address, { host: 'evil.example' })).toBe(421);
    for (const origin of ['https://evil.example', 'http://127.0.0.1:1']) {
      expect(await statusOf(address, { ...upgrade('/live'), headers: [...UPGRADE, `Origin: ${origin}`] })).toBe(403);
      expect(await statusOf(address, { ...upgrade('/'), headers: [...UPGRADE, `Origin: ${origin}`] })).toBe(403);
    }
    host.emit('SIGINT');
    await served;
    await expect(fetch(address)).rejects.toThrow('fetch failed');
  });
});
