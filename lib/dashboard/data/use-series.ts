import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ClientAnswer, SeriesPointAnswer } from '../../core/api/clients.ts';
import { ask } from './api.ts';
import { useLive } from './live.ts';
import { Completeness, joined } from './series-points.ts';
import type { Loaded } from './use-answer.ts';

export interface ClientSeries {
  readonly client: ClientAnswer;
  /** Oldest first. */
  readonly points: readonly SeriesPointAnswer[];
  readonly isLoadingOlder: boolean;
}

const PAGE = 5000;
/** Points can overtake each other; one that has not come after so long is lost. */
const OVERTAKEN_WITHIN = 1000;

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
  useMissing({ clientId, series, add, retry });
  return [series, retry];
}

interface MissingOptions {
  readonly clientId: string;
  readonly series: Loaded<ClientSeries>;
  readonly add: (points: readonly SeriesPointAnswer[]) => void;
  /** Loads all of it again. */
  readonly retry: () => void;
}

/** Asks for what was lost: while the connection was not there, and where a place is empty between points that have come. */
function useMissing({ clientId, series, add, retry }: MissingOptions): void {
  const completeness = useRef(new Completeness());
  const points = useRef<readonly SeriesPointAnswer[] | undefined>(undefined);
  points.current = series.state === 'ready' ? series.value.points : undefined;
  const missedWhileLoading = useRef(false);
  const hole = points.current && completeness.current.missingAfter(points.current);

  const catchUp = useCallback(async () => {
    missedWhileLoading.current = points.current === undefined;
    if (points.current === undefined) return;
    const after = completeness.current.missingAfter(points.current) ?? points.current.at(-1)?.position;
    if (after === undefined) return retry();
    const query = { after, limit: PAGE };
    const { items, cursor } = await ask({ route: 'client', path: { client_id: clientId }, query });
    // More than a page was missed.
    if (cursor !== undefined) return retry();
    add(items);
    if (items[0]?.position !== after + 1) completeness.current.giveUp(points.current);
  }, [clientId, add, retry]);
  // Where it cannot be asked now, it is when the connection is there again.
  const tryToCatchUp = useCallback(() => void catchUp().catch(() => undefined), [catchUp]);

  useLive(`client:${clientId}`, add, tryToCatchUp);
  useEffect(() => {
    if (hole === undefined) return undefined;
    const timer = setTimeout(tryToCatchUp, OVERTAKEN_WITHIN);
    return () => clearTimeout(timer);
  }, [hole, tryToCatchUp]);
  useEffect(() => {
    if (series.state === 'ready' && missedWhileLoading.current) tryToCatchUp();
  }, [series.state, tryToCatchUp]);
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
