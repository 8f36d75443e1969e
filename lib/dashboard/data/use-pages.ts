import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Answer } from '../../core/api/routes.ts';
import { addressOf, ask, type Request } from './api.ts';

type ListRoute = 'transactions' | 'anomalies' | 'flaggedPurchases' | 'clients';
type Item<Name extends ListRoute> = Answer<Name>['items'][number];

export interface Pages<Name extends ListRoute> {
  readonly state: 'loading' | 'failed' | 'ready';
  readonly error?: Error;
  readonly items: readonly Item<Name>[];
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly reload: () => void;
  /** Puts items that have just come to be in front. */
  readonly prepend: (items: readonly Item<Name>[]) => void;
}

interface Held<Name extends ListRoute> {
  readonly state: Pages<Name>['state'];
  readonly error?: Error;
  readonly items: readonly Item<Name>[];
  readonly cursor?: string | undefined;
}

/** A list, page by page. Begins anew when the request changes. */
export function usePages<Name extends ListRoute>(request: Request<Name>): Pages<Name> {
  const [held, setHeld] = useState<Held<Name>>({ state: 'loading', items: [] });
  const [from, setFrom] = useState<{ readonly cursor?: string | undefined }>({});
  const address = addressOf(request);
  useEffect(() => setFrom({}), [address]);
  useEffect(() => {
    const asking = new AbortController();
    if (from.cursor === undefined) setHeld((before) => ({ ...before, state: 'loading' }));
    ask({ ...request, query: { ...request.query, ...from }, signal: asking.signal }).then(
      (page) => setHeld((before) => appended(before, page, from.cursor)),
      (error: Error) => {
        if (!asking.signal.aborted) setHeld((before) => ({ ...before, state: 'failed', error }));
      },
    );
    return () => asking.abort();
  }, [address, from]);
  return {
    ...held,
    hasMore: held.cursor !== undefined,
    loadMore: useCallback(() => setFrom({ cursor: held.cursor }), [held.cursor]),
    reload: useCallback(() => setFrom({}), []),
    prepend: useCallback((items) => setHeld((before) => ({ ...before, items: [...items, ...before.items] })), []),
  };
}

function appended(before: Held<ListRoute>, page: Answer<ListRoute>, cursor: string | undefined): Held<ListRoute> {
  const earlier = cursor === undefined ? [] : before.items;
  return { state: 'ready', items: [...earlier, ...page.items] as Held<ListRoute>['items'], cursor: page.cursor };
}
