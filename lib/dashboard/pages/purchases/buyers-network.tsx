import { NetworkGraph } from '../../charts/network-graph.tsx';
import type { NeighbourhoodAnswer } from '../../../core/api/flagged-purchases.ts';
import { useAnswer } from '../../data/use-answer.ts';
import { showAmount, showCount } from '../../parts/format.ts';
import { Empty, WaitingBox, WhenReady } from '../../parts/states.tsx';

interface BuyersNetworkProps {
  readonly network: string;
  readonly user: string;
}

export function BuyersNetwork({ network, user }: BuyersNetworkProps) {
  const [neighbourhood, reload] = useAnswer({ route: 'neighbourhood', path: { network, id: user } });
  return (
    <WhenReady loaded={neighbourhood} onRetry={reload} waiting={<WaitingBox height={420} />}>
      {(ready) => (
        <div class="stack">
          {ready.members.length > 1 ? <NetworkGraph network={ready} /> : <Empty title="This user has no friends now" />}
          <p class="legend">
            <span class="legend-flag">buyer</span>
            <span>friends</span>
            {ready.degrees > 1 && <span class="legend-far">further away</span>}
            {ready.truncated && <em>only the nearest {showCount(ready.members.length)} are drawn</em>}
          </p>
          <p class="quiet small">{outlook(ready)}</p>
        </div>
      )}
    </WhenReady>
  );
}

function outlook({ members, degrees, purchases, mean, limit, truncated }: NeighbourhoodAnswer): string {
  const people = `${truncated ? 'More than ' : ''}${showCount(members.length - 1)} people within ${degrees} ${degrees === 1 ? 'friendship' : 'friendships'}.`;
  if (mean === undefined || limit === undefined) return `${people} They have bought too little to judge by.`;
  return `${people} Their latest ${showCount(purchases.length)} purchases have a mean of ${showAmount(mean)}: the next purchase of this user would be flagged above ${showAmount(limit)}.`;
}
