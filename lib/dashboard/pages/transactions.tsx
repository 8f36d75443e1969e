import { useCallback } from 'preact/hooks';
import type { StoredTransactionAnswer } from '../../core/api/transactions.ts';
import { useLive } from '../data/live.ts';
import { useAddress } from '../data/use-address.ts';
import { usePages, type Pages } from '../data/use-pages.ts';
import { Card, PageHead } from '../parts/card.tsx';
import { showAmount, showName } from '../parts/format.ts';
import { More } from '../parts/more.tsx';
import { Reasons, Severity } from '../parts/severity.tsx';
import { Empty, Failed, Waiting } from '../parts/states.tsx';
import { Filters, FILTERS, type FilterValues } from './transactions/filters.tsx';

export function Transactions() {
  const [{ show, ...filters }, setAddress] = useAddress(['show', ...FILTERS]);
  return (
    <>
      <PageHead title="Transactions">
        <p>Card transactions, each compared with all others and with what is usual for its user.</p>
      </PageHead>
      <Filters values={{ show, ...filters }} onChange={setAddress} />
      {show === 'all' ? <All filters={filters} /> : <Anomalies filters={filters} />}
    </>
  );
}

type Query = Omit<FilterValues, 'show'>;

function All({ filters }: { readonly filters: Query }) {
  const query = { ...filters, severity: undefined };
  return <List title="All transactions" pages={usePages({ route: 'transactions', query })} />;
}

function Anomalies({ filters }: { readonly filters: Query }) {
  const pages = usePages({ route: 'anomalies', query: filters });
  const hasFilters = Object.values(filters).some((value) => value !== undefined && value !== '');
  const { prepend, reload } = pages;
  const add = useCallback(
    (items: readonly StoredTransactionAnswer[]) => (hasFilters ? reload() : prepend(items)),
    [hasFilters, prepend, reload],
  );
  useLive('anomalies', add, reload);
  return <List title="Anomalies" pages={pages} />;
}

interface ListProps {
  readonly title: string;
  readonly pages: Pages<'transactions'> | Pages<'anomalies'>;
}

function List({ title, pages }: ListProps) {
  return (
    <Card title={title} note="newest first" flush>
      {pages.state === 'loading' && pages.items.length === 0 && <Waiting lines={12} />}
      {pages.state === 'failed' && pages.error && <Failed error={pages.error} onRetry={pages.reload} />}
      {pages.state === 'ready' && pages.items.length === 0 && !pages.hasMore && (
        <Empty title="No transactions here">
          <p>Take filters away, or put some transactions on the stream:</p>
          <code>npx flagstone produce --users=50 --rate=5</code>
        </Empty>
      )}
      {pages.items.length > 0 && <TransactionTable items={pages.items} />}
      <More hasMore={pages.hasMore} isLoading={pages.state === 'loading'} onMore={pages.loadMore} />
    </Card>
  );
}

function TransactionTable({ items }: { readonly items: readonly StoredTransactionAnswer[] }) {
  return (
    <div class="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">User</th>
            <th scope="col" class="number">
              Amount
            </th>
            <th scope="col">Category</th>
            <th scope="col">Location</th>
            <th scope="col">Method</th>
            <th scope="col" class="number">
              Score
            </th>
            <th scope="col">Severity</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.transaction_id}>
              <td class="time">{item.timestamp}</td>
              <td>
                <a
                  href={`/users/${encodeURIComponent(item.user_id)}?transaction=${encodeURIComponent(item.transaction_id)}`}
                >
                  {item.user_id}
                </a>
              </td>
              <td class={item.is_anomaly ? 'number flagged' : 'number'}>{showAmount(item.amount)}</td>
              <td>{showName(item.merchant_category)}</td>
              <td>{item.location}</td>
              <td>{showName(item.payment_method)}</td>
              <td class="number">{item.anomaly_score.toFixed(3)}</td>
              <td>
                <Severity severity={item.severity} />
              </td>
              <td class="small">
                <Reasons reasons={item.reasons} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
