import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { DASHBOARD_OPTIONS } from '../../../lib/cli/dashboard/options.ts';
import { readRequest } from '../../../lib/cli/dashboard/request.ts';
import { serveSources } from '../../../lib/cli/dashboard/serve-sources.ts';
import { parseOptions } from '../../../lib/cli/options.ts';
import { FakeHost } from '../fake-host.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

function read(...args: string[]) {
  return readRequest(parseOptions(DASHBOARD_OPTIONS, args));
}

describe('the options of flagstone dashboard', () => {
  test('name the system that is asked, and the port', () => {
    expect(read()).toEqual({ target: { kind: 'local run', data: '.flagstone' }, port: 5173 });
    expect(read('--stack=Flagstone', '--port=0')).toMatchObject({ target: { stack: 'Flagstone' }, port: 0 });
  });

  test.each(['65536', '-1', 'x', '1.5'])('refuse %s as a port', (port) => {
    expect(() => read(`--port=${port}`)).toThrow(`--port must be an integer from 0 to 65535 (given "${port}")`);
  });
});

describe('the sources of the dashboard', () => {
  test('are served as they are, and what they ask is asked of the system', async () => {
    const backend = createServer((request, response) => response.end(`the API has ${request.url}`));
    await once(backend.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void backend.close());
    const { port } = backend.address() as AddressInfo;
    const host = new FakeHost();
    const served = serveSources({ root: ROOT, backend: `http://127.0.0.1:${port}`, port: 0 }, host);
    await vi.waitFor(() => expect(host.stdout.text).toContain('The dashboard is on'), { timeout: 30_000 });
    const [address = ''] = /http:\S+(?=,)/.exec(host.stdout.text) ?? [];
    expect(await (await fetch(`${address}purchases`)).text()).toContain('main.tsx');
    expect(await (await fetch(`${address}api/stats`)).text()).toBe('the API has /api/stats');
    host.emit('SIGINT');
    await served;
    await expect(fetch(address)).rejects.toThrow('fetch failed');
  });
});
