import path from 'node:path';
import { createServer } from 'vite';
import type { Host } from '../host.ts';
import { print } from '../terminal/print.ts';
import { untilInterrupted } from '../until-interrupted.ts';

interface SourcesOptions {
  /** The checkout. */
  readonly root: string;
  /** Where the APIs are. */
  readonly backend: string;
  readonly port: number;
}

/** What a page asks of a system, and whether that is a WebSocket. */
const ASKED = { '/api': false, '/live': true, '/series': true } as const;

/** Serves the dashboard from its sources until it is interrupted; pages show at once what has been changed. */
export async function serveSources({ root, backend, port }: SourcesOptions, host: Host): Promise<void> {
  const proxied = Object.entries(ASKED).map(([asked, ws]) => [asked, { target: backend, changeOrigin: true, ws }]);
  const server = await createServer({
    root: path.join(root, 'lib/dashboard'),
    configFile: path.join(root, 'lib/dashboard/vite.config.ts'),
    logLevel: 'warn',
    clearScreen: false,
    server: { host: '127.0.0.1', port, proxy: Object.fromEntries(proxied) },
  });
  try {
    await server.listen();
    const [address] = server.resolvedUrls?.local ?? [];
    await print(host.stdout, `The dashboard is on ${address}, with the data of ${backend}. Ctrl-C stops it.\n`);
    await untilInterrupted(host, async ({ stopped }) => {
      await new Promise((resolve) => stopped.addEventListener('abort', resolve, { once: true }));
    });
  } finally {
    await server.close();
  }
}
