import { isActive, pointCount, type SeriesHead } from '../series-cloud/series-head.ts';
import type { StoredPoint } from '../series-cloud/stored-point.ts';
import type { ClientAnswer, SeriesPointAnswer } from './clients.ts';

/** A client; `now` is in milliseconds since 1970. */
export function answerClient(head: SeriesHead, now: number): ClientAnswer {
  const { client, window, anomalies, alerts, seenAt } = head;
  return {
    client_id: client,
    window,
    active: isActive(head, now),
    points: pointCount(head),
    anomalies,
    alerts,
    last_seen: new Date(seenAt).toISOString(),
  };
}

/** A point, with its place in the series counted from 0. */
export function answerPoint(position: number, point: StoredPoint): SeriesPointAnswer {
  const { timestamp, time, value, anomaly, alert, late, score } = point;
  return { position, timestamp, time, value, anomaly, alert, late, score };
}
