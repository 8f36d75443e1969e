import { useAnswer, useRefresh } from '../../data/use-answer.ts';
import { Card } from '../../parts/card.tsx';
import { Empty, Waiting, WhenReady } from '../../parts/states.tsx';
import { ClientList } from '../clients/client-list.tsx';

const REFRESH = 5000;

/** The clients that are connected now. */
export function SeriesClients() {
  const [clients, reload] = useAnswer({ route: 'clients', query: { active: 'true' } });
  useRefresh(reload, REFRESH);
  return (
    <Card title="Active clients" note={<a href="/clients">all series</a>} flush>
      <WhenReady loaded={clients} onRetry={reload} waiting={<Waiting lines={4} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No client is connected">
              <code>npx flagstone stream events/prices.csv --client-id=prices --window=100</code>
            </Empty>
          ) : (
            <ClientList items={items} />
          )
        }
      </WhenReady>
    </Card>
  );
}
