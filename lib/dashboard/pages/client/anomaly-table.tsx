import { useMemo } from 'preact/hooks';
import type { SeriesPointAnswer } from '../../../core/api/clients.ts';
import type { Range } from '../../charts/time-plot.ts';
import { Card } from '../../parts/card.tsx';
import { showCount, showValue } from '../../parts/format.ts';
import { Empty } from '../../parts/states.tsx';
import { aroundPoint } from './around-point.ts';

interface AnomalyTableProps {
  readonly points: readonly SeriesPointAnswer[];
  readonly onLook: (range: Range) => void;
}

const SHOWN = 25;

/** The latest anomalies, each to be looked at in the chart. */
export function AnomalyTable({ points, onLook }: AnomalyTableProps) {
  const anomalies = useMemo(() => points.filter(({ anomaly, alert }) => anomaly || alert), [points]);
  const latest = anomalies.slice(-SHOWN).toReversed();
  const note = anomalies.length > SHOWN ? `the latest ${SHOWN} of ${showCount(anomalies.length)}` : 'newest first';
  return (
    <Card title="Anomalies" note={note} flush>
      {latest.length === 0 && <Empty title="No point shown here is anomalous" />}
      {latest.length > 0 && (
        <div class="table-frame">
          <table>
            <thead>
              <tr>
                <th scope="col">Timestamp</th>
                <th scope="col" class="number">
                  Value
                </th>
                <th scope="col" class="number">
                  Score
                </th>
                <th scope="col">Kind</th>
                <th scope="col">
                  <span class="visually-hidden">Look at it</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {latest.map((point) => (
                <tr key={point.position}>
                  <td class="time">{point.timestamp}</td>
                  <td class="number flagged">{showValue(point.value)}</td>
                  <td class="number">{point.score.toFixed(3)}</td>
                  <td>{kindOf(point)}</td>
                  <td class="number">
                    <button
                      class="button-small"
                      type="button"
                      aria-label={`Look at ${point.timestamp} in the chart`}
                      onClick={() => onLook(aroundPoint(points, point.position))}
                    >
                      Look
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function kindOf({ alert, late }: SeriesPointAnswer) {
  if (alert) return <span class="badge badge-high">alert</span>;
  return <span class="quiet">{late ? 'anomaly, late' : 'anomaly'}</span>;
}
