import { useCallback, useEffect, useState } from 'preact/hooks';
import { ask } from '../../data/api.ts';
import { useLive } from '../../data/live.ts';
import { Card } from '../../parts/card.tsx';
import { showAmount } from '../../parts/format.ts';
import { linkToPurchase, linkToTransaction } from '../../parts/links.ts';
import { Severity } from '../../parts/severity.tsx';
import { Empty, Failed, Waiting } from '../../parts/states.tsx';
import { feedOf, inTurns, ofPurchase, ofTransaction, withNew, type Entry, type Feed } from './feed.ts';

const SHOWN = 14;
const NOTHING = feedOf([], SHOWN);

/** The newest of what was flagged, as it is flagged. */
export function LiveFeed() {
  const [feed, setFeed] = useState<Feed>();
  const [error, setError] = useState<Error>();
  const catchUp = useCallback(() => {
    latest().then(
      (entries) => {
        setError(undefined);
        setFeed((before) => (before === undefined ? feedOf(entries, SHOWN) : withNew(before, entries, SHOWN)));
      },
      (reason: Error) => setError(reason),
    );
  }, []);
  useEffect(catchUp, [catchUp]);
  const add = useCallback((entries: readonly Entry[]) => {
    setFeed((before = NOTHING) => withNew(before, entries, SHOWN));
  }, []);
  useLive(
    'flagged',
    useCallback((items) => add(items.map(ofPurchase).toReversed()), [add]),
    catchUp,
  );
  useLive(
    'anomalies',
    useCallback((items) => add(items.map(ofTransaction).toReversed()), [add]),
    catchUp,
  );

  return (
    <Card title="Flagged" note="newest first, as it happens" flush>
      {feed === undefined && error === undefined && <Waiting lines={24} />}
      {feed === undefined && error !== undefined && <Failed error={error} onRetry={catchUp} />}
      {feed?.entries.length === 0 && (
        <Empty title="Nothing has been flagged yet">
          <p>Flagged purchases and anomalous transactions appear here by themselves.</p>
        </Empty>
      )}
      <ul class="feed" aria-live="polite" aria-label="What was flagged">
        {feed?.entries.map((entry) => (
          <li key={entry.id} class={feed.arrived.has(entry.id) ? 'is-new' : undefined}>
            {entry.kind === 'purchase' ? <Purchase entry={entry} /> : <Transaction entry={entry} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Purchase({ entry: { item } }: { readonly entry: Extract<Entry, { kind: 'purchase' }> }) {
  return (
    <a href={linkToPurchase(item.flag_id)}>
      <span class="feed-line">
        <span class="feed-title">
          User {item.user} bought for <span class="flagged">{showAmount(item.amount)}</span>
        </span>
        <span class="badge badge-flag">purchase</span>
      </span>
      <span class="feed-line quiet small">
        <span>their network pays {showAmount(item.mean)} on average</span>
        <time>{item.timestamp}</time>
      </span>
    </a>
  );
}

function Transaction({ entry: { item } }: { readonly entry: Extract<Entry, { kind: 'transaction' }> }) {
  return (
    <a href={linkToTransaction(item)}>
      <span class="feed-line">
        <span class="feed-title">
          User {item.user_id} paid <span class="flagged">{showAmount(item.amount)}</span>
        </span>
        <Severity severity={item.severity} />
      </span>
      <span class="feed-line quiet small">
        <span>{item.reasons[0]?.text}</span>
        <time>{item.timestamp}</time>
      </span>
    </a>
  );
}

async function latest(): Promise<Entry[]> {
  const [purchases, transactions] = await Promise.all([
    ask({ route: 'flaggedPurchases', query: { limit: SHOWN } }),
    ask({ route: 'anomalies', query: { limit: SHOWN } }),
  ]);
  return inTurns(purchases.items.map(ofPurchase), transactions.items.map(ofTransaction));
}
