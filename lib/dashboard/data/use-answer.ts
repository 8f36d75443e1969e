import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Answer, RouteName } from '../../core/api/routes.ts';
import { addressOf, ask, type ApiError, type Request } from './api.ts';

export type Loaded<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: ApiError | Error }
  | { readonly state: 'ready'; readonly value: Value };

/** The answer to a request, asked anew when it changes, or when `reload` is called: the old answer stands meanwhile. */
export function useAnswer<Name extends RouteName>(
  request: Request<Name>,
): readonly [Loaded<Answer<Name>>, reload: () => void] {
  const [loaded, setLoaded] = useState<Loaded<Answer<Name>>>({ state: 'loading' });
  const [times, setTimes] = useState(0);
  const reload = useCallback(() => setTimes((count) => count + 1), []);
  const address = addressOf(request);
  useEffect(() => setLoaded({ state: 'loading' }), [address]);
  useEffect(() => {
    const asking = new AbortController();
    ask({ ...request, signal: asking.signal }).then(
      (value) => setLoaded({ state: 'ready', value }),
      (error: Error) => {
        if (!asking.signal.aborted) setLoaded({ state: 'failed', error });
      },
    );
    return () => asking.abort();
  }, [address, times]);
  return [loaded, reload];
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
