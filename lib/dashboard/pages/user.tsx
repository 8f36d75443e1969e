import { useRoute } from 'preact-iso';
import type { StoredTransactionAnswer, UserAnswer } from '../../core/api/transactions.ts';
import { Bars } from '../charts/bars.tsx';
import { useAddress } from '../data/use-address.ts';
import { useAnswer } from '../data/use-answer.ts';
import { Card, Figure, WaitingFigures } from '../parts/card.tsx';
import { showAmount, showCount, showName } from '../parts/format.ts';
import { PageHead } from '../parts/page-head.tsx';
import { Reasons, Severity } from '../parts/severity.tsx';
import { WaitingBox, WhenReady } from '../parts/states.tsx';
import { AmountScale } from './user/amount-scale.tsx';
import { Hours } from './user/hours.tsx';
import { isReason } from './user/marking.ts';
import { Recent } from './user/recent.tsx';
import { useMarked } from './user/use-marked.ts';

/** A user's habits, and a transaction marked against them. */
export function User() {
  const id = useRoute().params['id'] ?? '';
  const [{ transaction, at }] = useAddress(['transaction', 'at']);
  const [user, reload] = useAnswer({ route: 'user', path: { id } });
  return (
    <>
      <PageHead title={`User ${id}`}>
        <p>
          What is usual for this user, learnt from transactions that were not anomalous. Choose a transaction below to
          compare it.
        </p>
      </PageHead>
      <WhenReady loaded={user} onRetry={reload} waiting={<WaitingUser />}>
        {(ready) => <Habits user={ready} chosen={{ id: transaction, at }} />}
      </WhenReady>
    </>
  );
}

function WaitingUser() {
  return (
    <>
      <WaitingFigures count={3} />
      <WaitingBox height={640} />
    </>
  );
}

interface HabitsProps {
  readonly user: UserAnswer;
  readonly chosen: { readonly id: string | undefined; readonly at: string | undefined };
}

function Habits({ user, chosen }: HabitsProps) {
  const { profile } = user;
  const marked = useMarked(user, chosen);
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
      <div class="habits">
        <Card title="Amounts" note="the middle half, and nine tenths">
          <AmountScale amounts={profile.amounts} marked={marked} />
        </Card>
        <Card title="Hours" note="share of the transactions by hour of the day">
          <Hours hours={profile.hours} marked={marked} />
        </Card>
        <Card title="Categories">
          <Bars
            items={profile.categories}
            marked={marked?.merchant_category}
            isUnusual={isReason(marked, 'category')}
          />
        </Card>
        <Card title="Locations">
          <Bars items={profile.locations} marked={marked?.location} isUnusual={isReason(marked, 'location')} />
        </Card>
        <Card title="Payment methods">
          <Bars
            items={profile.payment_methods}
            marked={marked?.payment_method}
            isUnusual={isReason(marked, 'payment_method')}
          />
        </Card>
      </div>
      <Recent items={user.recent} marked={marked} />
    </>
  );
}

function Marked({ transaction }: { readonly transaction: StoredTransactionAnswer }) {
  return (
    <Card title="This transaction" note={transaction.timestamp}>
      <div class="stack">
        <p class="statement">
          <strong class={transaction.is_anomaly ? 'flagged' : undefined}>{showAmount(transaction.amount)}</strong> for{' '}
          {showName(transaction.merchant_category)} in {transaction.location}, by {showName(transaction.payment_method)}{' '}
          <Severity severity={transaction.severity} />
        </p>
        <Reasons reasons={transaction.reasons} />
      </div>
    </Card>
  );
}
