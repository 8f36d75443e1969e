import type { ListedPages } from '../data/use-pages.ts';
import { showCount } from './format.ts';

/** Goes on with a list. */
export function More({ pages }: { readonly pages: ListedPages }) {
  const { items, hasMore, isLoadingMore, loadMore, error } = pages;
  if (items.length === 0 && !hasMore) return null;
  return (
    <div class="more">
      {hasMore && (
        <button type="button" disabled={isLoadingMore} onClick={loadMore}>
          {isLoadingMore ? 'Loading…' : 'Show more'}
        </button>
      )}
      <span class="quiet small" role="status">
        {error === undefined
          ? `${showCount(items.length)} shown${hasMore ? '' : ', that is all'}`
          : 'That did not work: try again'}
      </span>
    </div>
  );
}

/** New items wait here while somebody reads further down. */
export function WaitingItems({ pages }: { readonly pages: ListedPages }) {
  if (pages.waiting.length === 0) return null;
  const show = (): void => {
    pages.showWaiting();
    globalThis.scrollTo({ top: 0 });
  };
  return (
    <button class="waiting-items" type="button" onClick={show}>
      {showCount(pages.waiting.length)} new
    </button>
  );
}
