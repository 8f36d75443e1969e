import { useAnswer } from '../../data/use-answer.ts';
import type { ExplainedPurchaseAnswer } from '../../../core/api/flagged-purchases.ts';
import { NetworkGraph } from '../../charts/network-graph.tsx';
import { WhyStrip } from '../../charts/why-strip.tsx';
import { Card } from '../../parts/card.tsx';
import { showAmount } from '../../parts/format.ts';
import { Empty, WhenReady } from '../../parts/states.tsx';

/** Why a purchase was flagged: what it was judged against, and the buyer's network. */
export function Why({ flagId }: { readonly flagId: string | undefined }) {
  if (flagId === undefined) {
    return (
      <Card title="Why">
        <Empty title="Open a purchase to see why it was flagged" />
      </Card>
    );
  }
  return <WhyFlagged flagId={flagId} />;
}

function WhyFlagged({ flagId }: { readonly flagId: string }) {
  const [network = '', version = '', index = ''] = flagId.split('/');
  const [purchase, reload] = useAnswer({ route: 'flaggedPurchase', path: { network, version, index } });
  return (
    <div class="columns">
      <Card title="Why" note="as of the judgement">
        <WhenReady loaded={purchase} onRetry={reload} lines={8}>
          {(ready) => <Judgement purchase={ready} />}
        </WhenReady>
      </Card>
      {purchase.state === 'ready' && <Network network={network} user={purchase.value.user} />}
    </div>
  );
}

function Judgement({ purchase }: { readonly purchase: ExplainedPurchaseAnswer }) {
  const { user, amount, mean, sd, degrees, against } = purchase;
  const limit = Number(mean) + 3 * Number(sd);
  const times = (Number(amount) / Math.max(Number(mean), 0.01)).toFixed(1);
  return (
    <div class="columns">
      <p>
        User <strong>{user}</strong> paid <strong class="flagged">{showAmount(amount)}</strong>, {times} times the mean
        of the latest {against.length} purchases within {degrees} {degrees === 1 ? 'friendship' : 'friendships'} of
        them.
      </p>
      <WhyStrip purchase={purchase} />
      <dl class="definitions">
        <dt>Mean</dt>
        <dd>{showAmount(mean)}</dd>
        <dt>Standard deviation</dt>
        <dd>{showAmount(sd)}</dd>
        <dt>Limit</dt>
        <dd>mean + 3 × standard deviation = {showAmount(limit)}</dd>
        <dt>Bought</dt>
        <dd>{purchase.timestamp}</dd>
      </dl>
    </div>
  );
}

function Network({ network, user }: { readonly network: string; readonly user: string }) {
  const [neighbourhood, reload] = useAnswer({ route: 'neighbourhood', path: { network, id: user } });
  return (
    <Card title="The buyer’s network" note="as of now">
      <WhenReady loaded={neighbourhood} onRetry={reload} lines={12}>
        {(ready) => (
          <>
            <NetworkGraph network={ready} />
            <p class="legend">
              <span class="legend-flag">buyer</span>
              <span>friends</span>
              <span class="legend-quiet">further away</span>
              {ready.truncated && <em>only the nearest {ready.members.length} are drawn</em>}
            </p>
          </>
        )}
      </WhenReady>
    </Card>
  );
}
