import { showShare } from '../../parts/format.ts';

interface HoursProps {
  /** The share of each hour of the day, 0 to 23. */
  readonly hours: readonly number[];
  readonly marked: number | undefined;
}

const BAR = 24;
const HEIGHT = 120;

export function Hours({ hours, marked }: HoursProps) {
  const most = Math.max(0.01, ...hours);
  return (
    <svg
      class="strip hours"
      viewBox={`0 0 ${hours.length * BAR} ${HEIGHT + 24}`}
      role="img"
      aria-label={describe(hours, marked)}
    >
      {hours.map((share, hour) => {
        const height = Math.max(1, (share / most) * HEIGHT);
        return (
          <rect
            key={hour}
            class={hour === marked ? 'judged' : 'purchase'}
            x={hour * BAR + 3}
            y={HEIGHT - height}
            width={BAR - 6}
            height={height}
            rx={3}
          >
            <title>{`${hour}:00 to ${hour + 1}:00, ${showShare(share)}`}</title>
          </rect>
        );
      })}
      {marked !== undefined && <path class="judged" d={`M${marked * BAR + 5} ${HEIGHT + 8}h14l-7 -7z`} />}
      {[0, 6, 12, 18, 23].map((hour) => (
        <text key={hour} x={hour * BAR + BAR / 2} y={HEIGHT + 22} text-anchor="middle">
          {hour}
        </text>
      ))}
    </svg>
  );
}

function describe(hours: readonly number[], marked: number | undefined): string {
  const usual = hours.indexOf(Math.max(...hours));
  const this_ =
    marked === undefined ? '' : ` This transaction was at ${marked}:00, an hour with ${showShare(hours[marked] ?? 0)}.`;
  return `Most transactions are between ${usual}:00 and ${usual + 1}:00.${this_}`;
}
