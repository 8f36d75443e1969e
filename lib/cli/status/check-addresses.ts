import type { Component } from '../../local/status.ts';
import { bad, checked, good, type Finding } from './check.ts';

export interface Addresses {
  /** Of the HTTP API, with a slash at its end. */
  readonly http: string | undefined;
  /** WebSocket addresses by their paths. */
  readonly sockets: Readonly<Record<string, string | undefined>>;
}

export type Fetch = (url: string, options: { readonly signal: AbortSignal }) => Promise<{ readonly status: number }>;

const LONGEST_WAIT_MS = 5000;
/** Any route of the API will do; this one asks least. */
const ROUTE = 'api/openapi.json';
const SIGNED_OUT: ReadonlySet<number> = new Set([401, 403]);

/** Whether the APIs of a deployed stack answer, and the API only to who says who they are. */
export function checkAddresses({ http, sockets }: Addresses, get: Fetch = fetch): Promise<Component[]> {
  const api = checked('/api', async () =>
    http === undefined ? notTold() : apiAnswering(await ask(`${http}${ROUTE}`, get)),
  );
  const others = Object.entries(sockets).map(([path, url]) =>
    checked(path, async () =>
      url === undefined ? notTold() : socketAnswering(await ask(url.replace(/^ws/, 'http'), get)),
    ),
  );
  return Promise.all([api, ...others]);
}

/** Whether the API of a local run answers, which asks nobody who they are. */
export function checkLocalApi(http: string, get: Fetch = fetch): Promise<Component> {
  return checked('/api', async () => {
    const status = await ask(`${http}/${ROUTE}`, get);
    return status === 200 ? good('answers') : bad(`answers ${status}, instead of 200`);
  });
}

function notTold(): Finding {
  return bad('the stack does not tell its address; deploy it anew');
}

async function ask(url: string, get: Fetch): Promise<number> {
  return (await get(url, { signal: AbortSignal.timeout(LONGEST_WAIT_MS) })).status;
}

function apiAnswering(status: number): Finding {
  if (SIGNED_OUT.has(status)) return good('answers, and asks who is there');
  return bad(`answers ${status} to who does not say who they are, instead of 401 or 403`);
}

/** A plain request, which is not one for a WebSocket, is refused in one way or another. */
function socketAnswering(status: number): Finding {
  return status < 500 ? good('answers') : bad(`answers ${status}`);
}
