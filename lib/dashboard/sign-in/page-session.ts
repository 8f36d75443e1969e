import { useEffect, useState } from 'preact/hooks';
import { CONFIG_PATH } from '../../core/api/site.ts';
import type { SiteConfig } from '../../core/api/site-config.ts';
import { Session, type SessionState } from './session.ts';

/** Who looks at this page. */
export const session = new Session({
  fetch: (address, request) => globalThis.fetch(address, request),
  now: () => Date.now(),
  storage: globalThis.sessionStorage,
  address: () => new URL(globalThis.location.href),
  showAddress: (address) => globalThis.history.replaceState(null, '', address),
  goTo: (address) => globalThis.location.replace(address),
  readConfig,
  loadProtocol: async (options) => new (await import('./protocol.ts')).Protocol(options),
});

export function useSession(): SessionState {
  const [state, setState] = useState(session.state);
  useEffect(() => {
    setState(session.state);
    return session.watch(setState);
  }, []);
  return state;
}

async function readConfig(): Promise<SiteConfig> {
  const response = await fetch(CONFIG_PATH);
  if (!response.ok) throw new Error(`How to sign in cannot be told: the server answered ${response.status}.`);
  return (await response.json()) as SiteConfig;
}
