import { useAnswer, useRefresh } from '../../data/use-answer.ts';
import { Card } from '../../parts/card.tsx';
import { showCount } from '../../parts/format.ts';
import { Empty, WhenReady } from '../../parts/states.tsx';

const REFRESH = 5000;

export function ActiveClients() {
  const [clients, reload] = useAnswer({ route: 'clients', query: { active: 'true' } });
  useRefresh(reload, REFRESH);
  return (
    <Card title="Active clients" note="connected series" flush>
      <WhenReady loaded={clients} onRetry={reload} lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No client is connected">
              <code>npx flagstone stream events/prices.csv --client-id=prices --window=100</code>
            </Empty>
          ) : (
            <ul class="feed">
              {items.map((client) => (
                <li key={client.client_id}>
                  <a href={`/client/${encodeURIComponent(client.client_id)}`} class="feed-line">
                    <span class="feed-title">
                      <span class="dot dot-on" aria-hidden="true" />
                      {client.client_id}
                    </span>
                    <span class="quiet small">
                      {showCount(client.points)} points, {showCount(client.alerts)} alerts
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </WhenReady>
    </Card>
  );
}
