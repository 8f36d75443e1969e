import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ClientAnswer, SeriesPointAnswer } from '../../core/api/clients.ts';
import { ask } from './api.ts';
import { useLive } from './live.ts';
import { joined } from './series-points.ts';
import type { Loaded } from './use-answer.ts';

export interface ClientSeries {
  readonly client: ClientAnswer;
  /** Oldest first. */
  readonly points: readonly SeriesPointAnswer[];
  readonly isLoadingOlder: boolean;
}

const PAGE = 5000;

/** The newest so many points of a client; older ones follow page by page, and new ones as they come. */
export function useSeries(clientId: string, most: number): readonly [Loaded<ClientSeries>, retry: () => void] {
  const [series, setSeries] = useState<Loaded<ClientSeries>>({ state: 'loading' });
  const [times, setTimes] = useState(0);
  const retry = useCallback(() => setTimes((count) => count + 1), []);
  useEffect(() => {
    const asking = new AbortController();
    setSeries({ state: 'loading' });
    const onPage = (page: Page): void => {
      if (!asking.signal.aborted) setSeries((before) => withOlder(before, page));
    };
    load({ clientId, most, signal: asking.signal }, onPage).catch((error: Error) => {
      if (!asking.signal.aborted) setSeries({ state: 'failed', error });
    });
    return () => asking.abort();
  }, [clientId, most, times]);

  const add = useArrivals(useCallback((items) => setSeries((before) => withPoints(before, items, most)), [most]));
  const last = useRef(-1);
  if (series.state === 'ready') last.current = series.value.points.at(-1)?.position ?? -1;
  const catchUp = useCallback(() => {
    if (last.current < 0) return retry();
    ask({ route: 'client', path: { client_id: clientId }, query: { after: last.current, limit: PAGE } }).then(
      // More than a page was missed.
      ({ items, cursor }) => (cursor === undefined ? add(items) : retry()),
      () => undefined,
    );
  }, [clientId, add, retry]);
  useLive(`client:${clientId}`, add, catchUp);
  return [series, retry];
}

interface Asked {
  readonly clientId: string;
  readonly most: number;
  readonly signal: AbortSignal;
}

interface Page {
  readonly client: ClientAnswer;
  readonly items: readonly SeriesPointAnswer[];
  readonly hasOlder: boolean;
}

async function load({ clientId, most, signal }: Asked, onPage: (page: Page) => void): Promise<void> {
  let loaded = 0;
  let cursor: string | undefined;
  do {
    const query = { limit: Math.min(PAGE, most - loaded), cursor };
    const answer = await ask({ route: 'client', path: { client_id: clientId }, query, signal });
    const { items, cursor: next, ...client } = answer;
    loaded += items.length;
    cursor = loaded < most ? next : undefined;
    onPage({ client, items, hasOlder: cursor !== undefined });
  } while (cursor !== undefined && !signal.aborted);
}

/** The counts are those of the first page: what arrives since is counted here. */
function withOlder(before: Loaded<ClientSeries>, { client, items, hasOlder }: Page): Loaded<ClientSeries> {
  const earlier = before.state === 'ready' ? before.value : { client, points: [] };
  return {
    state: 'ready',
    value: { client: earlier.client, points: [...items, ...earlier.points], isLoadingOlder: hasOlder },
  };
}

function withPoints(
  before: Loaded<ClientSeries>,
  items: readonly SeriesPointAnswer[],
  most: number,
): Loaded<ClientSeries> {
  if (before.state !== 'ready') return before;
  const { client, points } = before.value;
  const { all, added } = joined(points, items, most);
  if (added.length === 0) return before;
  const count = (kind: 'anomaly' | 'alert') => added.filter((point) => point[kind]).length;
  const counted = {
    ...client,
    active: true,
    points: client.points + added.length,
    anomalies: client.anomalies + count('anomaly'),
    alerts: client.alerts + count('alert'),
  };
  return { state: 'ready', value: { ...before.value, client: counted, points: all } };
}

/** Hands points on once a frame, however fast they come. */
function useArrivals(
  onPoints: (points: readonly SeriesPointAnswer[]) => void,
): (points: readonly SeriesPointAnswer[]) => void {
  const arrived = useRef<SeriesPointAnswer[]>([]);
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return useCallback(
    (points) => {
      arrived.current.push(...points);
      cancelAnimationFrame(frame.current);
      frame.current = requestAnimationFrame(() => {
        onPoints(arrived.current);
        arrived.current = [];
      });
    },
    [onPoints],
  );
}
