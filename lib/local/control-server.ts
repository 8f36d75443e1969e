import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerInvocation, type InvokeTargets } from './lambda/invoke-endpoint.ts';
import { guard } from './guard.ts';
import { listen } from './services/loopback.ts';
import type { RunStatus } from './status.ts';

export interface ControlOptions {
  readonly port: number;
  readonly targets: InvokeTargets;
  readonly status: () => Promise<RunStatus>;
  readonly stop: () => void;
}

export interface ControlServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Lambda's Invoke, and beside it what `flagstone status` and `flagstone stop` ask for. @throws ServiceNotStarted */
export async function startControlServer(options: ControlOptions): Promise<ControlServer> {
  const server = createServer((request, response) => {
    answer(request, response, options).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 500, { Type: 'Service', Message: String(error) });
    });
  });
  guard(server, 'programs');
  return {
    endpoint: await listen(server, 'Lambda', options.port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: ControlOptions): Promise<void> {
  const route = `${request.method} ${request.url?.split('?')[0]}`;
  if (route === 'GET /status') return sendJson(response, 200, await options.status());
  if (route === 'POST /stop') {
    sendJson(response, 202, {});
    options.stop();
    return;
  }
  const { status, headers, body } = await answerInvocation(request, options.targets);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
