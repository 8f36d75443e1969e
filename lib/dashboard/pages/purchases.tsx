import { useLocation } from 'preact-iso';
import { useCallback } from 'preact/hooks';
import type { FlaggedPurchaseAnswer } from '../../core/api/flagged-purchases.ts';
import { useLive } from '../data/live.ts';
import { useAddress } from '../data/use-address.ts';
import { usePages } from '../data/use-pages.ts';
import { Card, PageHead } from '../parts/card.tsx';
import { showAmount } from '../parts/format.ts';
import { More } from '../parts/more.tsx';
import { Empty, Failed, Waiting } from '../parts/states.tsx';
import { Why } from './purchases/why.tsx';

export function Purchases() {
  const [{ open, network, user }, setAddress] = useAddress(['open', 'network', 'user']);
  const pages = usePages({ route: 'flaggedPurchases', query: { network, user } });
  useLive(
    'flagged',
    useCallback((items) => pages.prepend(items), [pages.prepend]),
    pages.reload,
  );
  return (
    <>
      <PageHead title="Flagged purchases">
        <p>
          Purchases far above what the buyer’s social network has been paying: more than the mean plus three standard
          deviations. Open one to see why.
        </p>
      </PageHead>
      <div class="columns-wide">
        <Card title="Purchases" note="newest first" flush>
          {pages.state === 'loading' && pages.items.length === 0 && <Waiting lines={10} />}
          {pages.state === 'failed' && pages.error && <Failed error={pages.error} onRetry={pages.reload} />}
          {pages.state === 'ready' && pages.items.length === 0 && <NothingFlagged />}
          {pages.items.length > 0 && (
            <PurchaseTable items={pages.items} open={open} onOpen={(id) => setAddress({ open: id })} />
          )}
          <More hasMore={pages.hasMore} isLoading={pages.state === 'loading'} onMore={pages.loadMore} />
        </Card>
        <Why flagId={open ?? pages.items[0]?.flag_id} />
      </div>
    </>
  );
}

interface PurchaseTableProps {
  readonly items: readonly FlaggedPurchaseAnswer[];
  readonly open: string | undefined;
  readonly onOpen: (flagId: string) => void;
}

function PurchaseTable({ items, open, onOpen }: PurchaseTableProps) {
  const { query } = useLocation();
  return (
    <div class="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Buyer</th>
            <th scope="col" class="number">
              Amount
            </th>
            <th scope="col" class="number">
              Network’s mean
            </th>
            <th scope="col">Network</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr
              key={item.flag_id}
              class={item.flag_id === open ? 'openable is-open' : 'openable'}
              onClick={() => onOpen(item.flag_id)}
            >
              <td class="time">{item.timestamp}</td>
              <td>
                <a
                  href={`/purchases?${new URLSearchParams({ ...query, open: item.flag_id }).toString()}`}
                  aria-current={item.flag_id === open ? 'true' : undefined}
                >
                  {item.user}
                </a>
              </td>
              <td class="number flagged">{showAmount(item.amount)}</td>
              <td class="number">{showAmount(item.mean)}</td>
              <td class="quiet">{item.network}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NothingFlagged() {
  return (
    <Empty title="No purchase has been flagged">
      <p>Drop a batch log and a stream log into the input bucket, or send one:</p>
      <code>npx flagstone send events/stream_log.json</code>
    </Empty>
  );
}
