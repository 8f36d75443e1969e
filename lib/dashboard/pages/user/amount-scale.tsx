import type { StoredTransactionAnswer, UserProfileAnswer } from '../../../core/api/transactions.ts';
import { showAmount } from '../../parts/format.ts';

interface AmountScaleProps {
  readonly amounts: UserProfileAnswer['amounts'];
  readonly marked: StoredTransactionAnswer | undefined;
}

const WIDTH = 560;
const MIDDLE = 48;

/** The user's usual amounts as a box with whiskers, and a transaction beside it. */
export function AmountScale({ amounts: { quantiles, typical }, marked }: AmountScaleProps) {
  const at = (name: string) => quantiles[name] ?? typical;
  const amount = marked && Number(marked.amount);
  const most = Math.max(at('p95'), amount ?? 0, 1) * 1.05;
  const place = (value: number) => 8 + (value / most) * (WIDTH - 16);
  return (
    <>
      <svg
        class="strip"
        viewBox={`0 0 ${WIDTH} 96`}
        role="img"
        aria-label={`Half of the amounts are between ${showAmount(at('p25'))} and ${showAmount(at('p75'))}`}
      >
        <line class="axis" x1={place(at('p05'))} x2={place(at('p95'))} y1={MIDDLE} y2={MIDDLE} />
        <rect
          class="purchase"
          x={place(at('p25'))}
          y={MIDDLE - 16}
          width={Math.max(2, place(at('p75')) - place(at('p25')))}
          height={32}
          rx={4}
        />
        <line class="mean" x1={place(at('p50'))} x2={place(at('p50'))} y1={MIDDLE - 20} y2={MIDDLE + 20} />
        <text x={place(at('p05'))} y={MIDDLE + 36}>
          {showAmount(at('p05'))}
        </text>
        <text x={place(at('p95'))} y={MIDDLE + 36} text-anchor="end">
          {showAmount(at('p95'))}
        </text>
        {amount !== undefined && (
          <>
            <circle class="judged" cx={place(amount)} cy={MIDDLE} r={8} />
            <text
              class="judged-label"
              x={place(amount)}
              y={MIDDLE - 26}
              text-anchor={place(amount) > WIDTH / 2 ? 'end' : 'start'}
            >
              {showAmount(amount)}
            </text>
          </>
        )}
      </svg>
      <dl class="definitions">
        <dt>Median</dt>
        <dd>{showAmount(at('p50'))}</dd>
        <dt>Middle half</dt>
        <dd>
          {showAmount(at('p25'))} to {showAmount(at('p75'))}
        </dd>
      </dl>
    </>
  );
}
