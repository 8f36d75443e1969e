import type { BrowserContext, Request, Route } from 'playwright-core';
import { inject } from 'vitest';
import { contentSecurityPolicy } from '../../lib/core/api/site.ts';
import { FakeIssuer, type IssuerAnswer } from '../dashboard/sign-in/fake-issuer.ts';

/** What a deployed system adds to a local one: sign-in, an API that wants a token, and tickets that end. */
export interface Cloud {
  readonly issuer: FakeIssuer;
  /** Whether tickets are taken when they are used. */
  ticketsAreGood: boolean;
  /** The addresses of all live connections that were tried. */
  readonly connections: string[];
  /** What was asked of the API without a token that it takes. */
  readonly refused: string[];
}

export async function asDeployed(context: BrowserContext): Promise<Cloud> {
  const address = inject('address');
  const cloud: Cloud = { issuer: new FakeIssuer([`${address}/`]), ticketsAreGood: true, connections: [], refused: [] };
  const { issuer } = cloud;
  // Chromium takes pages that a test has answered for pages of the internet, which may not ask this machine.
  await context.grantPermissions(['local-network-access']);
  const { domain } = issuer.signIn;
  await context.route(`${domain}/**`, async (route) => fulfil(route, await issuer.answer(await read(route.request()))));
  await context.route(`${address}/config.json`, (route) => route.fulfill({ json: { signIn: issuer.signIn } }));
  await context.route((url) => url.origin === address && isPage(url), withPolicyFor(domain));
  await context.route(`${address}/api/**`, async (route) => {
    const { authorization } = await route.request().allHeaders();
    if (issuer.accepts(authorization)) return answerTo(route, cloud);
    cloud.refused.push(route.request().url());
    return route.fulfill({ status: 401, json: { message: 'Unauthorized' } });
  });
  context.on('page', (page) => page.on('websocket', (socket) => cloud.connections.push(socket.url())));
  return cloud;
}

/** The local system answers, but tickets may have ended by the time they are used: it has never heard of these. */
function answerTo(route: Route, { ticketsAreGood, connections }: Cloud): Promise<void> {
  if (ticketsAreGood || !route.request().url().endsWith('/live-tickets')) return route.continue();
  const ticket = String(connections.length).padStart(43, 'x');
  return route.fulfill({ status: 201, json: { ticket, expires_in: 60 } });
}

function isPage({ pathname }: URL): boolean {
  return !/^\/(?:api|assets)\/|^\/config\.json$/.test(pathname);
}

/** The pages' policy as it is deployed: they may ask the server where people sign in. */
function withPolicyFor(domain: string) {
  return async (route: Route): Promise<void> => {
    if (route.request().resourceType() !== 'document') return route.fallback();
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': contentSecurityPolicy(domain) };
    return route.fulfill({ response, headers });
  };
}

async function read(request: Request) {
  return {
    method: request.method(),
    url: new URL(request.url()),
    body: new URLSearchParams(request.postData() ?? ''),
  };
}

/** Playwright does not see where redirects lead to, so that a page has to lead there. */
function fulfil(route: Route, answer: IssuerAnswer): Promise<void> {
  const cors = { 'access-control-allow-origin': '*' };
  if (answer.kind === 'json') return route.fulfill({ status: answer.status, json: answer.body, headers: cors });
  const script = answer.kind === 'redirect' ? `<script>location.replace(${JSON.stringify(answer.to)})</script>` : '';
  const text = answer.kind === 'page' ? answer.text : '';
  const status = answer.kind === 'page' ? answer.status : 200;
  const body = `<!doctype html><html lang="en"><title>Sign in</title><h1>${text}</h1>${script}</html>`;
  return route.fulfill({ status, contentType: 'text/html', body });
}
