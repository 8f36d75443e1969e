import { useRoute } from 'preact-iso';
import type { StoredTransactionAnswer, UserAnswer } from '../../core/api/transactions.ts';
import { Bars } from '../charts/bars.tsx';
import { useAddress } from '../data/use-address.ts';
import { useAnswer } from '../data/use-answer.ts';
import { Card, Figure, PageHead } from '../parts/card.tsx';
import { showAmount, showCount, showName } from '../parts/format.ts';
import { Reasons, Severity } from '../parts/severity.tsx';
import { WhenReady } from '../parts/states.tsx';
import { AmountScale } from './user/amount-scale.tsx';
import { Hours } from './user/hours.tsx';

/** A user's habits, and a transaction marked against them. */
export function User() {
  const id = useRoute().params['id'] ?? '';
  const [{ transaction }] = useAddress(['transaction']);
  const [user, reload] = useAnswer({ route: 'user', path: { id } });
  return (
    <>
      <PageHead title={`User ${id}`}>
        <p>What is usual for this user, learnt from the transactions that were not anomalous.</p>
      </PageHead>
      <WhenReady loaded={user} onRetry={reload} lines={12}>
        {(ready) => <Habits user={ready} marked={ready.recent.find((each) => each.transaction_id === transaction)} />}
      </WhenReady>
    </>
  );
}

interface HabitsProps {
  readonly user: UserAnswer;
  readonly marked: StoredTransactionAnswer | undefined;
}

function Habits({ user, marked }: HabitsProps) {
  const { profile } = user;
  return (
    <>
      <dl class="figures">
        <Figure name="Transactions" value={showCount(user.transactions)} />
        <Figure name="Anomalous" value={showCount(user.anomalies)} />
        <Figure
          name="Usual amount"
          value={showAmount(profile.amounts.quantiles['p50'] ?? profile.amounts.typical)}
          note="median"
        />
      </dl>
      {marked !== undefined && <Marked transaction={marked} />}
      <div class="columns">
        <Card title="Amounts" note="the middle half, and the middle nine tenths">
          <AmountScale amounts={profile.amounts} marked={marked} />
        </Card>
        <Card title="Hours" note="share of transactions by hour of the day">
          <Hours hours={profile.hours} marked={marked && Number(marked.timestamp.slice(11, 13))} />
        </Card>
        <Card title="Categories">
          <Bars items={profile.categories} marked={marked?.merchant_category} />
        </Card>
        <Card title="Locations">
          <Bars items={profile.locations} marked={marked?.location} />
        </Card>
        <Card title="Payment methods">
          <Bars items={profile.payment_methods} marked={marked?.payment_method} />
        </Card>
      </div>
      <Recent items={user.recent} marked={marked} />
    </>
  );
}

function Marked({ transaction }: { readonly transaction: StoredTransactionAnswer }) {
  return (
    <Card title="This transaction" note={transaction.timestamp}>
      <p>
        <strong class={transaction.is_anomaly ? 'flagged' : undefined}>{showAmount(transaction.amount)}</strong> for{' '}
        {showName(transaction.merchant_category)} in {transaction.location}, by {showName(transaction.payment_method)}{' '}
        <Severity severity={transaction.severity} />
      </p>
      <Reasons reasons={transaction.reasons} />
    </Card>
  );
}

function Recent({ items, marked }: { readonly items: UserAnswer['recent']; readonly marked: HabitsProps['marked'] }) {
  return (
    <Card title="Latest transactions" note="newest first" flush>
      <div class="table-frame">
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col" class="number">
                Amount
              </th>
              <th scope="col">Category</th>
              <th scope="col">Location</th>
              <th scope="col">Method</th>
              <th scope="col">Severity</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.transaction_id} class={item === marked ? 'is-open' : undefined}>
                <td class="time">
                  <a href={`?transaction=${encodeURIComponent(item.transaction_id)}`}>{item.timestamp}</a>
                </td>
                <td class={item.is_anomaly ? 'number flagged' : 'number'}>{showAmount(item.amount)}</td>
                <td>{showName(item.merchant_category)}</td>
                <td>{item.location}</td>
                <td>{showName(item.payment_method)}</td>
                <td>
                  <Severity severity={item.severity} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
