import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../../core/api/routes.ts';
import { addressOf, ask, type Request } from './api.ts';
import { Kept } from './kept.ts';
import { NO_PAGES, withArrived, withFirst, withNext, type IdOf, type PagesHeld } from './pages.ts';

type ListRoute = 'transactions' | 'anomalies' | 'flaggedPurchases' | 'clients';
type Item<Name extends ListRoute> = Answer<Name>['items'][number];

export interface Pages<Listed> extends PagesHeld<Listed> {
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  /** Asks for the first page again. */
  readonly reload: () => void;
  /** Puts items that have just come to be in front. */
  readonly prepend: (items: readonly Listed[]) => void;
  readonly showWaiting: () => void;
}

/** What a list needs to know of its pages, whatever is listed. */
export type ListedPages = Omit<Pages<unknown>, 'prepend'>;

// Further down than this, somebody reads, and nothing may move.
const READING_FROM = 240;

const kept = new Kept<PagesHeld<unknown>>();

/** A list, page by page. Begins anew when the request changes; who comes back finds it as it was. */
export function usePages<Name extends ListRoute>(request: Request<Name>, idOf: IdOf<Item<Name>>): Pages<Item<Name>> {
  const address = addressOf(request);
  const [held, setHeld] = useState(() => ({ address, pages: keptPages<Name>(address) }));
  const [times, setTimes] = useState(0);
  const [isLoadingMore, setLoadingMore] = useState(false);
  const current = useRef(address);
  current.current = address;
  const change = useCallback(
    (toChanged: (before: PagesHeld<Item<Name>>) => PagesHeld<Item<Name>>) =>
      setHeld((before) => {
        const pages = toChanged(before.address === address ? before.pages : keptPages<Name>(address));
        kept.set(address, pages);
        return { address, pages };
      }),
    [address],
  );
  const asked = useCallback(
    (cursor?: string, signal?: AbortSignal): Promise<Answer<Name>> =>
      ask({ ...request, query: { ...request.query, cursor }, ...(signal && { signal }) }),
    [address],
  );

  useEffect(() => {
    const asking = new AbortController();
    asked(undefined, asking.signal).then(
      (page) => !asking.signal.aborted && change((before) => withFirst(before, page, idOf)),
      (error: Error) => !asking.signal.aborted && change((before) => failed(before, error)),
    );
    return () => asking.abort();
  }, [asked, change, idOf, times]);

  const pages = held.address === address ? held.pages : keptPages<Name>(address);
  const { cursor } = pages;
  return {
    ...pages,
    isLoadingMore,
    hasMore: cursor !== undefined,
    loadMore: useCallback(() => {
      setLoadingMore(true);
      asked(cursor)
        .then(
          (page) => current.current === address && change((before) => withNext(before, page, idOf)),
          (error: Error) => current.current === address && change((before) => ({ ...before, error })),
        )
        .finally(() => setLoadingMore(false));
    }, [asked, change, idOf, cursor, address]),
    reload: useCallback(() => setTimes((count) => count + 1), []),
    prepend: useCallback(
      (items) => change((before) => withArrived(before, { items, wait: globalThis.scrollY > READING_FROM }, idOf)),
      [change, idOf],
    ),
    showWaiting: useCallback(
      () => change((before) => withArrived({ ...before, waiting: [] }, { items: before.waiting, wait: false }, idOf)),
      [change, idOf],
    ),
  };
}

function keptPages<Name extends ListRoute>(address: string): PagesHeld<Item<Name>> {
  return (kept.get(address) as PagesHeld<Item<Name>> | undefined) ?? NO_PAGES;
}

/** What is there stays; only an empty list shows that it failed. */
function failed<Listed>(before: PagesHeld<Listed>, error: Error): PagesHeld<Listed> {
  return before.items.length > 0 ? before : { ...before, state: 'failed', error };
}
