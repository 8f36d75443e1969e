import { useCallback, useEffect, useState } from 'preact/hooks';
import type { FlaggedPurchaseAnswer } from '../../../core/api/flagged-purchases.ts';
import type { StoredTransactionAnswer } from '../../../core/api/transactions.ts';
import { ask } from '../../data/api.ts';
import { useLive } from '../../data/live.ts';
import { Card } from '../../parts/card.tsx';
import { showAmount } from '../../parts/format.ts';
import { Severity } from '../../parts/severity.tsx';
import { Empty, Failed, Waiting } from '../../parts/states.tsx';

type Entry =
  | { readonly kind: 'purchase'; readonly id: string; readonly item: FlaggedPurchaseAnswer }
  | { readonly kind: 'transaction'; readonly id: string; readonly item: StoredTransactionAnswer };

const SHOWN = 14;

const ofPurchase = (item: FlaggedPurchaseAnswer): Entry => ({ kind: 'purchase', id: item.flag_id, item });
const ofTransaction = (item: StoredTransactionAnswer): Entry => ({
  kind: 'transaction',
  id: item.transaction_id,
  item,
});

interface Feed {
  readonly entries: readonly Entry[];
  /** Those that came while the page was open. */
  readonly arrived: ReadonlySet<string>;
}

/** The newest of what was flagged, as it is flagged. */
export function LiveFeed() {
  const [feed, setFeed] = useState<Feed>();
  const [error, setError] = useState<Error>();
  const catchUp = useCallback(() => {
    latest().then(
      (entries) => {
        setError(undefined);
        setFeed((before) => (before === undefined ? { entries, arrived: new Set() } : withNew(before, entries)));
      },
      (reason: Error) => setError(reason),
    );
  }, []);
  useEffect(catchUp, [catchUp]);
  const add = useCallback((entries: readonly Entry[]) => {
    setFeed((before = { entries: [], arrived: new Set() }) => withNew(before, entries));
  }, []);
  useLive(
    'flagged',
    useCallback((items) => add(items.map(ofPurchase)), [add]),
    catchUp,
  );
  useLive(
    'anomalies',
    useCallback((items) => add(items.map(ofTransaction)), [add]),
    catchUp,
  );

  return (
    <Card title="Flagged" note="newest first, as it happens" flush>
      <div aria-live="polite">
        {feed === undefined && error === undefined && <Waiting lines={8} />}
        {feed === undefined && error !== undefined && <Failed error={error} onRetry={catchUp} />}
        {feed?.entries.length === 0 && (
          <Empty title="Nothing has been flagged yet">
            <p>Flagged purchases and anomalous transactions appear here by themselves.</p>
          </Empty>
        )}
        <ul class="feed">
          {feed?.entries.map((entry) => (
            <li key={entry.id} class={feed.arrived.has(entry.id) ? 'is-new' : undefined}>
              <Line entry={entry} />
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

function Line({ entry }: { readonly entry: Entry }) {
  if (entry.kind === 'purchase') {
    const { user, network, amount, mean, flag_id } = entry.item;
    return (
      <a href={`/purchases?open=${encodeURIComponent(flag_id)}`}>
        <span class="feed-line">
          <span class="feed-title">
            User {user} bought for <span class="flagged">{showAmount(amount)}</span>
          </span>
          <span class="badge badge-flag">purchase</span>
        </span>
        <span class="quiet small">
          the network {network} pays {showAmount(mean)} on average
        </span>
      </a>
    );
  }
  const { user_id, amount, severity, reasons } = entry.item;
  return (
    <a href={`/users/${encodeURIComponent(user_id)}?transaction=${encodeURIComponent(entry.id)}`}>
      <span class="feed-line">
        <span class="feed-title">
          User {user_id} paid <span class="flagged">{showAmount(amount)}</span>
        </span>
        <Severity severity={severity} />
      </span>
      <span class="quiet small">{reasons[0]?.text}</span>
    </a>
  );
}

/** The latest of both, taking turns: their times are the events' own and cannot be compared. */
async function latest(): Promise<Entry[]> {
  const [purchases, transactions] = await Promise.all([
    ask({ route: 'flaggedPurchases', query: { limit: SHOWN } }),
    ask({ route: 'anomalies', query: { limit: SHOWN } }),
  ]);
  const turns = purchases.items.map(ofPurchase).flatMap((entry, turn) => {
    const transaction = transactions.items[turn];
    return transaction === undefined ? [entry] : [entry, ofTransaction(transaction)];
  });
  return [...turns, ...transactions.items.slice(purchases.items.length).map(ofTransaction)].slice(0, SHOWN);
}

function withNew(before: Feed, entries: readonly Entry[]): Feed {
  const known = new Set(before.entries.map(({ id }) => id));
  const added = entries.filter(({ id }) => !known.has(id));
  if (added.length === 0) return before;
  return {
    entries: [...added.toReversed(), ...before.entries].slice(0, SHOWN),
    arrived: new Set([...before.arrived, ...added.map(({ id }) => id)]),
  };
}
