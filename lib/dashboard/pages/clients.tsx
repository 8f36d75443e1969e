import type { ClientAnswer } from '../../core/api/clients.ts';
import { useRefresh } from '../data/use-answer.ts';
import { usePages } from '../data/use-pages.ts';
import { Card } from '../parts/card.tsx';
import { More } from '../parts/more.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Empty, Failed, Waiting } from '../parts/states.tsx';
import { ClientList } from './clients/client-list.tsx';

const REFRESH = 5000;

const idOf = ({ client_id }: ClientAnswer): string => client_id;

/** All clients that have streamed a series. */
export function Clients() {
  const pages = usePages({ route: 'clients' }, idOf);
  useRefresh(pages.reload, REFRESH);
  return (
    <>
      <PageHead title="Series">
        <p>Clients that stream a series over the WebSocket, each point judged as it comes.</p>
      </PageHead>
      <Card title="Clients" note="heard of last first" flush>
        {pages.state === 'loading' && <Waiting lines={6} />}
        {pages.state === 'failed' && pages.error && <Failed error={pages.error} onRetry={pages.reload} />}
        {pages.state === 'ready' && pages.items.length === 0 && (
          <Empty title="No client has streamed yet">
            <p>Stream the prices that come with Flagstone:</p>
            <code>npx flagstone stream events/prices.csv --client-id=prices --window=100</code>
          </Empty>
        )}
        <ClientList items={pages.items} />
        <More pages={pages} />
      </Card>
    </>
  );
}
