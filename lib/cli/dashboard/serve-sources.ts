import type { ClientRequest } from 'node:http';
import path from 'node:path';
import { createServer, type Plugin, type ProxyOptions } from 'vite';
import { guard } from '../../local/guard.ts';
import type { Host } from '../host.ts';
import { print } from '../terminal/print.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import type { PageAddress } from './page-address.ts';

interface SourcesOptions {
  /** The checkout. */
  readonly root: string;
  /** Where the APIs are. */
  readonly backend: string;
  readonly address: PageAddress;
}

/** What a page asks of a system, and whether that is a WebSocket. */
const ASKED = { '/api': false, '/config.json': false, '/live': true, '/series': true } as const;

/** Vite's own look at hosts leaves out its WebSocket, and pages of other ports of this machine. */
const GUARDED: Plugin = {
  name: 'flagstone-guard',
  // Called again whenever the server starts anew; what it gives, once all that listens does.
  configureServer: (server) => () => {
    if (server.httpServer !== null) guard(server.httpServer, 'programs and own pages');
  },
};

/** Serves the dashboard from its sources until it is interrupted; pages show at once what has been changed. */
export async function serveSources({ root, backend, address }: SourcesOptions, host: Host): Promise<void> {
  const proxied = Object.entries(ASKED).map(([asked, ws]) => [asked, asProgram(backend, ws)]);
  const server = await createServer({
    root: path.join(root, 'lib/dashboard'),
    configFile: path.join(root, 'lib/dashboard/vite.config.ts'),
    logLevel: 'warn',
    clearScreen: false,
    plugins: [GUARDED],
    server: {
      host: '127.0.0.1',
      port: address.port,
      strictPort: address.isOnly,
      proxy: Object.fromEntries(proxied),
    },
  });
  try {
    await server.listen();
    const [served = ''] = server.resolvedUrls?.local ?? [];
    const page = served.replace('127.0.0.1', address.host);
    await print(host.stdout, `The dashboard is on ${page}, with the data of ${backend}. Ctrl-C stops it.\n`);
    await untilInterrupted(host, async ({ stopped }) => {
      await new Promise((resolve) => stopped.addEventListener('abort', resolve, { once: true }));
    });
  } finally {
    await server.close();
  }
}

/** Asks as a program does: whose page it is that asks has been looked at here. */
function asProgram(target: string, ws: boolean): ProxyOptions {
  return {
    target,
    ws,
    changeOrigin: true,
    configure: (proxy) => void proxy.on('proxyReq', leaveOutPage).on('proxyReqWs', leaveOutPage),
  };
}

function leaveOutPage(request: ClientRequest): void {
  for (const name of ['origin', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']) request.removeHeader(name);
}
