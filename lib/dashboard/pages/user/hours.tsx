import type { StoredTransactionAnswer } from '../../../core/api/transactions.ts';
import { useWidth } from '../../charts/use-width.ts';
import { showShare } from '../../parts/format.ts';
import { isReason } from './marking.ts';

interface HoursProps {
  /** The share of each hour of the day, 0 to 23. */
  readonly hours: readonly number[];
  readonly marked: StoredTransactionAnswer | undefined;
}

const HEIGHT = 176;
const LINE = 136;
const NAMED_HOURS = [0, 6, 12, 18, 23];

export function Hours({ hours, marked }: HoursProps) {
  const [svg, width] = useWidth<SVGSVGElement>();
  const most = Math.max(0.01, ...hours);
  const bar = width / hours.length;
  const hourOfMarked = marked && Number(marked.timestamp.slice(11, 13));
  const kind = isReason(marked, 'hour') ? 'judged' : 'compared';
  return (
    <svg ref={svg} class="strip" height={HEIGHT} role="img" aria-label={describe(hours, hourOfMarked)}>
      {width > 0 &&
        hours.map((share, hour) => {
          const height = Math.max(2, (share / most) * (LINE - 4));
          return (
            <rect
              key={hour}
              class={hour === hourOfMarked ? kind : 'box'}
              x={hour * bar + bar * 0.14}
              y={LINE - height}
              width={bar * 0.72}
              height={height}
              rx={Math.min(3, bar / 5)}
            >
              <title>{`${clock(hour)} to ${clock(hour + 1)}: ${showShare(share)} of the transactions`}</title>
            </rect>
          );
        })}
      {width > 0 && <line class="axis" x1={0} x2={width} y1={LINE} y2={LINE} />}
      {width > 0 && hourOfMarked !== undefined && (
        <path class={kind} d={`M${(hourOfMarked + 0.5) * bar - 6} ${LINE + 12}h12l-6 -8z`} />
      )}
      {NAMED_HOURS.map((hour) => (
        <text key={hour} x={(hour + 0.5) * bar} y={LINE + 30} text-anchor="middle">
          {hour}
        </text>
      ))}
    </svg>
  );
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

function describe(hours: readonly number[], marked: number | undefined): string {
  const usual = hours.indexOf(Math.max(...hours));
  const most = `Most transactions are between ${clock(usual)} and ${clock(usual + 1)}.`;
  if (marked === undefined) return most;
  return `${most} This transaction was after ${clock(marked)}, an hour with ${showShare(hours[marked] ?? 0)}.`;
}
