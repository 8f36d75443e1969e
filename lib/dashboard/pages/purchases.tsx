import { useLocation } from 'preact-iso';
import { useCallback, useRef } from 'preact/hooks';
import type { FlaggedPurchaseAnswer } from '../../core/api/flagged-purchases.ts';
import { useLive } from '../data/live.ts';
import { useAddress } from '../data/use-address.ts';
import { usePages } from '../data/use-pages.ts';
import { Card } from '../parts/card.tsx';
import { showAmount } from '../parts/format.ts';
import { More, WaitingItems } from '../parts/more.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Empty, Failed, Waiting } from '../parts/states.tsx';
import { PurchaseFilters } from './purchases/filters.tsx';
import { Why } from './purchases/why.tsx';

const idOf = ({ flag_id }: FlaggedPurchaseAnswer): string => flag_id;

export function Purchases() {
  const [{ open, network, user }, setAddress] = useAddress(['open', 'network', 'user']);
  const pages = usePages({ route: 'flaggedPurchases', query: { network, user } }, idOf);
  const { prepend, reload } = pages;
  const isFiltered = (network ?? '') !== '' || (user ?? '') !== '';
  const add = useCallback(
    (items: readonly FlaggedPurchaseAnswer[]) => (isFiltered ? reload() : prepend(items.toReversed())),
    [isFiltered, prepend, reload],
  );
  useLive('flagged', add, reload);
  const first = useFirst(pages.items[0]?.flag_id, `${network} ${user}`);
  const shown = open ?? first;
  return (
    <>
      <PageHead title="Flagged purchases">
        <p>
          Purchases far above what the buyer’s social network has been paying: more than the mean plus three standard
          deviations. Open one to see why.
        </p>
      </PageHead>
      <PurchaseFilters network={network} user={user} onChange={setAddress} />
      <div class={open === undefined ? 'columns-detail' : 'columns-detail has-detail'}>
        <Card title="Purchases" note="newest first" flush>
          <WaitingItems pages={pages} />
          {pages.state === 'loading' && <Waiting lines={16} />}
          {pages.state === 'failed' && pages.error && <Failed error={pages.error} onRetry={reload} />}
          {pages.state === 'ready' && pages.items.length === 0 && <NothingFlagged isFiltered={isFiltered} />}
          {pages.items.length > 0 && (
            <PurchaseTable items={pages.items} open={shown} onOpen={(id) => setAddress({ open: id })} />
          )}
          <More pages={pages} />
        </Card>
        <Why flagId={shown} onClose={() => setAddress({ open: undefined })} />
      </div>
    </>
  );
}

/** The first of a list as it was when it was loaded: what comes later takes nobody's page away. */
function useFirst(first: string | undefined, list: string): string | undefined {
  const held = useRef({ first, list });
  if (held.current.list !== list || held.current.first === undefined) held.current = { first, list };
  return held.current.first;
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
            <th scope="col" class="number wide-only">
              Limit
            </th>
            <th scope="col" class="wide-only">
              Network
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr
              key={item.flag_id}
              class={item.flag_id === open ? 'openable is-open' : 'openable'}
              onClick={(event) => !isLink(event.target) && onOpen(item.flag_id)}
            >
              <td class="time">{item.timestamp}</td>
              <td>
                <a
                  href={`/purchases?${new URLSearchParams({ ...query, open: item.flag_id }).toString()}`}
                  aria-current={item.flag_id === open ? 'true' : undefined}
                  aria-label={`Why the purchase of user ${item.user} for ${item.amount} was flagged`}
                >
                  {item.user}
                </a>
              </td>
              <td class="number flagged">{showAmount(item.amount)}</td>
              <td class="number wide-only">{showAmount(item.limit)}</td>
              <td class="quiet wide-only">{item.network}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isLink(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a') !== null;
}

function NothingFlagged({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <Empty title="No purchase like that has been flagged">
        <a href="/purchases">Show all</a>
      </Empty>
    );
  }
  return (
    <Empty title="No purchase has been flagged">
      <p>Drop a batch log and a stream log into the input bucket, or send one:</p>
      <code>npx flagstone send events/stream_log.json</code>
    </Empty>
  );
}
