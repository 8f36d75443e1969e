import { useCallback } from 'preact/hooks';
import type { StoredTransactionAnswer } from '../../core/api/transactions.ts';
import { useLive } from '../data/live.ts';
import { useAddress } from '../data/use-address.ts';
import { usePages, type ListedPages, type Pages } from '../data/use-pages.ts';
import { Card } from '../parts/card.tsx';
import { linkToUser } from '../parts/links.ts';
import { More, WaitingItems } from '../parts/more.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Empty, Failed, Waiting } from '../parts/states.tsx';
import { Filters } from './transactions/filters.tsx';
import { FILTERS, countFilters, type FilterValues } from './transactions/filter-values.ts';
import { sortedBy } from './transactions/sorted-by.ts';
import { TransactionTable } from './transactions/transaction-table.tsx';

const idOf = ({ transaction_id }: StoredTransactionAnswer): string => transaction_id;

type Change = (change: FilterValues) => void;

export function Transactions() {
  const [{ show, ...filters }, setAddress] = useAddress(['show', ...FILTERS]);
  return (
    <>
      <PageHead title="Transactions">
        <p>Card transactions, each compared with all others and with what is usual for its user.</p>
      </PageHead>
      <Filters values={{ show, ...filters }} onChange={setAddress} />
      {show === 'all' ? (
        <All filters={filters} onChange={setAddress} />
      ) : (
        <Anomalies filters={filters} onChange={setAddress} />
      )}
    </>
  );
}

interface ListedProps {
  readonly filters: Omit<FilterValues, 'show'>;
  readonly onChange: Change;
}

const REFRESHED_WITH = 100;

function All({ filters, onChange }: ListedProps) {
  const query = { ...filters, severity: undefined, limit: limitOf(filters) };
  const pages = usePages({ route: 'transactions', query }, idOf);
  // What is usual is not announced: with each anomaly the list is asked for again.
  useLive('anomalies', pages.reload, pages.reload);
  return <List title="All transactions" pages={pages} filters={filters} onChange={onChange} />;
}

function Anomalies({ filters, onChange }: ListedProps) {
  const pages = usePages({ route: 'anomalies', query: { ...filters, limit: limitOf(filters) } }, idOf);
  const isFiltered = countFilters(filters) > 0;
  const { prepend, reload } = pages;
  const add = useCallback(
    (items: readonly StoredTransactionAnswer[]) => (isFiltered ? reload() : prepend(items.toReversed())),
    [isFiltered, prepend, reload],
  );
  useLive('anomalies', add, reload);
  return <List title="Anomalies" pages={pages} filters={filters} onChange={onChange} />;
}

/** Each page is sorted in itself: the larger, the better. */
function limitOf({ sort }: FilterValues): number | undefined {
  return sort === undefined ? undefined : REFRESHED_WITH;
}

interface ListProps extends ListedProps {
  readonly title: string;
  readonly pages: Pages<StoredTransactionAnswer>;
}

function List({ title, pages, filters, onChange }: ListProps) {
  const { user, sort } = filters;
  const items = sortedBy(pages.items, sort);
  return (
    <Card
      title={title}
      note={user === undefined ? orderOf(pages, sort) : <a href={linkToUser(user)}>What is usual for {user}</a>}
      flush
    >
      <WaitingItems pages={pages} />
      {pages.state === 'loading' && <Waiting lines={20} />}
      {pages.state === 'failed' && pages.error && <Failed error={pages.error} onRetry={pages.reload} />}
      {pages.state === 'ready' && items.length === 0 && <NoTransactions filters={filters} hasMore={pages.hasMore} />}
      {items.length > 0 && (
        <TransactionTable items={items} sort={sort} onSort={(chosen) => onChange({ sort: chosen })} />
      )}
      <More pages={pages} />
    </Card>
  );
}

function orderOf({ items, hasMore }: ListedPages, sort: string | undefined): string {
  if (sort === undefined || sort === '-timestamp') return 'newest first';
  return hasMore ? `the latest ${items.length}, sorted` : 'sorted';
}

function NoTransactions({ filters, hasMore }: { readonly filters: FilterValues; readonly hasMore: boolean }) {
  if (hasMore) return <Empty title="None among the latest: go on looking further back" />;
  if (countFilters(filters) > 0) {
    return (
      <Empty title="No transaction is like that">
        <a href="/transactions">Clear the filters</a>
      </Empty>
    );
  }
  return (
    <Empty title="No transactions here">
      <p>Put some made-up transactions on the stream:</p>
      <code>npx flagstone produce --users=50 --rate=5</code>
    </Empty>
  );
}
