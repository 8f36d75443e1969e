import type { StoredTransactionAnswer, UserAnswer } from '../../../core/api/transactions.ts';
import { Card } from '../../parts/card.tsx';
import { showAmount, showName } from '../../parts/format.ts';
import { linkToTransaction } from '../../parts/links.ts';
import { Severity } from '../../parts/severity.tsx';
import { Empty } from '../../parts/states.tsx';

interface RecentProps {
  readonly items: UserAnswer['recent'];
  readonly marked: StoredTransactionAnswer | undefined;
}

/** The user's latest transactions, each to be compared with their habits. */
export function Recent({ items, marked }: RecentProps) {
  return (
    <Card title="Latest transactions" note="newest first" flush>
      {items.length === 0 && <Empty title="No transaction of this user is kept" />}
      {items.length > 0 && (
        <div class="table-frame">
          <table>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col" class="number">
                  Amount
                </th>
                <th scope="col">Category</th>
                <th scope="col" class="wide-only">
                  Location
                </th>
                <th scope="col" class="wide-only">
                  Method
                </th>
                <th scope="col">Severity</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <Row key={item.transaction_id} item={item} isMarked={item.transaction_id === marked?.transaction_id} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

interface RowProps {
  readonly item: StoredTransactionAnswer;
  readonly isMarked: boolean;
}

function Row({ item, isMarked }: RowProps) {
  return (
    <tr class={isMarked ? 'is-open' : undefined}>
      <td class="time">
        <a href={linkToTransaction(item)} aria-current={isMarked ? 'true' : undefined}>
          {item.timestamp}
        </a>
      </td>
      <td class={item.is_anomaly ? 'number flagged' : 'number'}>{showAmount(item.amount)}</td>
      <td>{showName(item.merchant_category)}</td>
      <td class="wide-only">{item.location}</td>
      <td class="wide-only">{showName(item.payment_method)}</td>
      <td>
        <Severity severity={item.severity} />
      </td>
    </tr>
  );
}
