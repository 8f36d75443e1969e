import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Answer, RouteName } from '../../core/api/routes.ts';
import { addressOf, ask, type Request } from './api.ts';
import { Kept } from './kept.ts';

export type Loaded<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: Error }
  | { readonly state: 'ready'; readonly value: Value };

interface Held<Name extends RouteName> {
  readonly address: string;
  readonly loaded: Loaded<Answer<Name>>;
}

const LOADING = { state: 'loading' } as const;
const kept = new Kept<unknown>();

/**
 * The answer to a request, asked anew when it changes, or when `reload` is called: meanwhile, and if that fails, the earlier
 * answer to the same request stands.
 */
export function useAnswer<Name extends RouteName>(
  request: Request<Name>,
): readonly [Loaded<Answer<Name>>, reload: () => void] {
  const address = addressOf(request);
  const [held, setHeld] = useState<Held<Name>>({ address: '', loaded: LOADING });
  const [times, setTimes] = useState(0);
  const reload = useCallback(() => setTimes((count) => count + 1), []);
  useEffect(() => {
    const asking = new AbortController();
    const hold = (loaded: Loaded<Answer<Name>>): void => {
      if (!asking.signal.aborted) setHeld((before) => ({ address, loaded: standing(before, address) ?? loaded }));
    };
    ask({ ...request, signal: asking.signal }).then(
      (value) => {
        if (asking.signal.aborted) return;
        kept.set(address, value);
        setHeld({ address, loaded: { state: 'ready', value } });
      },
      (error: Error) => hold({ state: 'failed', error }),
    );
    return () => asking.abort();
  }, [address, times]);
  return [held.address === address ? held.loaded : earlier<Name>(address), reload];
}

function standing<Name extends RouteName>(
  { address, loaded }: Held<Name>,
  asked: string,
): Held<Name>['loaded'] | undefined {
  if (address === asked && loaded.state === 'ready') return loaded;
  const before = earlier<Name>(asked);
  return before.state === 'ready' ? before : undefined;
}

function earlier<Name extends RouteName>(address: string): Loaded<Answer<Name>> {
  const value = kept.get(address);
  return value === undefined ? LOADING : { state: 'ready', value: value as Answer<Name> };
}

/** Calls `reload` every so many milliseconds while the page is seen. */
export function useRefresh(reload: () => void, everyMilliseconds: number): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, everyMilliseconds);
    return () => clearInterval(timer);
  }, [reload, everyMilliseconds]);
}
