import type { StoredTransactionAnswer } from '../../../core/api/transactions.ts';
import { showAmount, showName } from '../../parts/format.ts';
import { linkToTransaction } from '../../parts/links.ts';
import { Reasons, Severity } from '../../parts/severity.tsx';

type Sort = string | undefined;

interface TransactionTableProps {
  readonly items: readonly StoredTransactionAnswer[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

export function TransactionTable({ items, sort, onSort }: TransactionTableProps) {
  return (
    <div class="table-frame">
      <table class="cards-on-phone">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">User</th>
            <SortHead name="amount" title="Amount" sort={sort} onSort={onSort} />
            <th scope="col">Category</th>
            <th scope="col">Location</th>
            <th scope="col">Method</th>
            <SortHead name="score" title="Score" sort={sort} onSort={onSort} />
            <th scope="col">Severity</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.transaction_id} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ item }: { readonly item: StoredTransactionAnswer }) {
  return (
    <tr>
      <td class="time">{item.timestamp}</td>
      <td class="main unbroken">
        <a href={linkToTransaction(item)}>{item.user_id}</a>
      </td>
      <td class={item.is_anomaly ? 'number flagged' : 'number'}>{showAmount(item.amount)}</td>
      <td>{showName(item.merchant_category)}</td>
      <td>{item.location}</td>
      <td>{showName(item.payment_method)}</td>
      <td class="number" data-name="score ">
        {item.anomaly_score.toFixed(3)}
      </td>
      <td>
        <Severity severity={item.severity} />
      </td>
      <td class="small why">
        <Reasons reasons={item.reasons} />
      </td>
    </tr>
  );
}

interface SortHeadProps {
  readonly name: 'amount' | 'score';
  readonly title: string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

const NEXT = { falling: 'rising', rising: undefined, none: 'falling' } as const;
const ARIA = { falling: 'descending', rising: 'ascending', none: undefined } as const;
const SIGNS = { falling: '↓', rising: '↑', none: '↕' } as const;

/** Sorts by falling, then by rising values, then by time again. */
function SortHead({ name, title, sort, onSort }: SortHeadProps) {
  const order = orderBy(name, sort);
  const next = NEXT[order];
  const sortOf = { falling: `-${name}`, rising: name } as const;
  return (
    <th scope="col" class="number" aria-sort={ARIA[order]}>
      <button class="sort" type="button" onClick={() => onSort(next && sortOf[next])}>
        {title} <span aria-hidden="true">{SIGNS[order]}</span>
      </button>
    </th>
  );
}

function orderBy(name: string, sort: Sort): 'falling' | 'rising' | 'none' {
  if (sort === name) return 'rising';
  return sort === `-${name}` ? 'falling' : 'none';
}
