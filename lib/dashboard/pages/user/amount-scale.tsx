import type { StoredTransactionAnswer, UserProfileAnswer } from '../../../core/api/transactions.ts';
import { amountAxis } from '../../charts/amount-axis.ts';
import { AxisGap, LabelAt } from '../../charts/axis-parts.tsx';
import { useWidth } from '../../charts/use-width.ts';
import { showAmount } from '../../parts/format.ts';
import { isReason } from './marking.ts';

interface AmountScaleProps {
  readonly amounts: UserProfileAnswer['amounts'];
  readonly marked: StoredTransactionAnswer | undefined;
}

const HEIGHT = 112;
const MIDDLE = 56;
const EDGE = 10;

/** The user's usual amounts as a box with whiskers, and a transaction beside it. */
export function AmountScale({ amounts, marked }: AmountScaleProps) {
  const [svg, width] = useWidth<SVGSVGElement>();
  const at = quantilesOf(amounts);
  return (
    <>
      <svg ref={svg} class="strip" height={HEIGHT} role="img" aria-label={describe(amounts, marked)}>
        {width > 0 && <Drawing amounts={amounts} marked={marked} width={width} />}
      </svg>
      <dl class="definitions">
        <dt>Median</dt>
        <dd>{showAmount(at.median)}</dd>
        <dt>Middle half</dt>
        <dd>
          {showAmount(at.lowHalf)} to {showAmount(at.highHalf)}
        </dd>
        <dt>Nine tenths</dt>
        <dd>
          {showAmount(at.low)} to {showAmount(at.high)}
        </dd>
      </dl>
    </>
  );
}

function Drawing({ amounts, marked, width }: AmountScaleProps & { readonly width: number }) {
  const at = quantilesOf(amounts);
  const amount = marked && Number(marked.amount);
  const { place, gap } = amountAxis({ usual: at.high, marked: amount ?? 0, left: EDGE, right: width - EDGE });
  const isUnusual = isReason(marked, 'amount');
  return (
    <>
      <line class="axis" x1={EDGE} x2={width - EDGE} y1={MIDDLE} y2={MIDDLE} />
      {gap !== undefined && <AxisGap x={gap} y={MIDDLE} />}
      <line class="whisker" x1={place(at.low)} x2={place(at.high)} y1={MIDDLE} y2={MIDDLE} />
      <path class="whisker" d={`M${place(at.low)} ${MIDDLE - 7}v14M${place(at.high)} ${MIDDLE - 7}v14`} />
      <rect
        class="box"
        x={place(at.lowHalf)}
        y={MIDDLE - 16}
        width={Math.max(2, place(at.highHalf) - place(at.lowHalf))}
        height={32}
        rx={4}
      />
      <line class="mean" x1={place(at.median)} x2={place(at.median)} y1={MIDDLE - 16} y2={MIDDLE + 16} />
      <LabelAt
        kind="mean-label"
        x={place(at.median)}
        y={MIDDLE + 36}
        width={width}
        text={`median ${showAmount(at.median)}`}
      />
      {amount !== undefined && marked !== undefined && (
        <>
          <line
            class={isUnusual ? 'judged-stem' : 'compared-stem'}
            x1={place(amount)}
            x2={place(amount)}
            y1={20}
            y2={MIDDLE}
          />
          <circle class={isUnusual ? 'judged' : 'compared'} cx={place(amount)} cy={MIDDLE} r={7} />
          <LabelAt
            kind={isUnusual ? 'judged-label' : 'compared-label'}
            x={place(amount)}
            y={14}
            width={width}
            text={`this transaction ${showAmount(marked.amount)}`}
          />
        </>
      )}
    </>
  );
}

function quantilesOf({ quantiles, typical }: UserProfileAnswer['amounts']) {
  const at = (name: string): number => quantiles[name] ?? typical;
  return { low: at('p05'), lowHalf: at('p25'), median: at('p50'), highHalf: at('p75'), high: at('p95') };
}

function describe(amounts: UserProfileAnswer['amounts'], marked: StoredTransactionAnswer | undefined): string {
  const { lowHalf, highHalf } = quantilesOf(amounts);
  const usual = `Half of the amounts are between ${showAmount(lowHalf)} and ${showAmount(highHalf)}.`;
  return marked === undefined ? usual : `${usual} This transaction is of ${showAmount(marked.amount)}.`;
}
