import { useEffect, useRef } from 'preact/hooks';
import type { ExplainedPurchaseAnswer } from '../../../core/api/flagged-purchases.ts';
import { WhyStrip } from '../../charts/why-strip.tsx';
import { useAnswer } from '../../data/use-answer.ts';
import { Card } from '../../parts/card.tsx';
import { showAmount, showCount, showTimes, showUser } from '../../parts/format.ts';
import { Empty, WaitingBox, WhenReady } from '../../parts/states.tsx';
import { BuyersNetwork } from './buyers-network.tsx';

interface WhyProps {
  readonly flagId: string | undefined;
  readonly onClose: () => void;
}

/** Why a purchase was flagged: what it was judged against, and the buyer's network. */
export function Why({ flagId, onClose }: WhyProps) {
  if (flagId === undefined) {
    return (
      <div class="detail">
        <Card title="Why">
          <Empty title="Open a purchase to see why it was flagged" />
        </Card>
      </div>
    );
  }
  return <WhyFlagged flagId={flagId} onClose={onClose} />;
}

const WAITING = <WaitingBox height={420} />;

function WhyFlagged({ flagId, onClose }: { readonly flagId: string; readonly onClose: () => void }) {
  const [network = '', version = '', index = ''] = flagId.split('/');
  const [purchase, reload] = useAnswer({ route: 'flaggedPurchase', path: { network, version, index } });
  const back = useRef<HTMLButtonElement>(null);
  // On a phone the list is hidden, and with it what had the focus.
  useEffect(() => {
    if (document.activeElement?.checkVisibility() === false || document.activeElement === document.body) {
      back.current?.focus();
    }
  }, [flagId]);
  return (
    <div class="detail">
      <button ref={back} class="narrow-only" type="button" onClick={onClose}>
        ← All flagged purchases
      </button>
      <Card title="Why" note="as of the judgement">
        <WhenReady loaded={purchase} onRetry={reload} waiting={WAITING}>
          {(ready) => <Judgement purchase={ready} />}
        </WhenReady>
      </Card>
      <Card title="The buyer’s network" note="as of now">
        {purchase.state === 'ready' ? <BuyersNetwork network={network} user={purchase.value.user} /> : WAITING}
      </Card>
    </div>
  );
}

function Judgement({ purchase }: { readonly purchase: ExplainedPurchaseAnswer }) {
  const { user, amount, mean, sd, limit, degrees, against } = purchase;
  const times = Number(amount) / Math.max(Number(mean), 0.01);
  return (
    <div class="stack">
      <p class="statement" aria-live="polite">
        User <strong>{user}</strong> paid <strong class="flagged">{showAmount(amount)}</strong>, {showTimes(times)} the
        mean of the latest {showCount(against.length)} purchases within{' '}
        {degrees === 1 ? 'one friendship' : `${degrees} friendships`} of them.
      </p>
      <WhyStrip purchase={purchase} />
      <dl class="definitions">
        <dt>Mean</dt>
        <dd>{showAmount(mean)}</dd>
        <dt>Standard deviation</dt>
        <dd>{showAmount(sd)}</dd>
        <dt>Limit</dt>
        <dd>
          {showAmount(limit)} <span class="quiet">= mean + 3 standard deviations</span>
        </dd>
        <dt>Bought</dt>
        <dd>{purchase.timestamp}</dd>
      </dl>
      <Against purchase={purchase} />
    </div>
  );
}

function Against({ purchase: { against, tracked } }: { readonly purchase: ExplainedPurchaseAnswer }) {
  return (
    <details>
      <summary>
        The {showCount(against.length)} purchases it was judged against
        {against.length < tracked && <span class="quiet"> (there were no more; {tracked} would be used)</span>}
      </summary>
      <div class="table-frame table-scroll" tabIndex={0} role="region" aria-label="Purchases it was judged against">
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Buyer</th>
              <th scope="col" class="number">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {against.map(({ user, timestamp, amount }, index) => (
              <tr key={index}>
                <td class="time">{timestamp}</td>
                <td>{showUser(user)}</td>
                <td class="number">{showAmount(amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
