import type { ExplainedPurchaseAnswer } from '../../core/api/flagged-purchases.ts';
import { showAmount, showUser } from '../parts/format.ts';
import { amountAxis } from './amount-axis.ts';
import { AxisGap, LabelAt } from './axis-parts.tsx';
import { stackedDots } from './stacked-dots.ts';
import { useWidth } from './use-width.ts';

const HEIGHT = 172;
const LINE = 120;
const TOP = 30;
const EDGE = 10;

/** The purchases that one was judged against, on a line of amounts, with the mean, the limit, and the purchase itself. */
export function WhyStrip({ purchase }: { readonly purchase: ExplainedPurchaseAnswer }) {
  const [svg, width] = useWidth<SVGSVGElement>();
  return (
    <svg ref={svg} class="strip" height={HEIGHT} role="img" aria-label={sentence(purchase)}>
      {width > 0 && <Drawing purchase={purchase} width={width} />}
    </svg>
  );
}

function Drawing({ purchase, width }: { readonly purchase: ExplainedPurchaseAnswer; readonly width: number }) {
  const amount = Number(purchase.amount);
  const mean = Number(purchase.mean);
  const limit = Number(purchase.limit);
  const amounts = purchase.against.map((each) => Number(each.amount));
  const right = width - EDGE;
  const { place, gap } = amountAxis({ usual: Math.max(limit, ...amounts), marked: amount, left: EDGE, right });
  const at = place(amount);
  return (
    <>
      <rect class="beyond" x={place(limit)} y={TOP} width={Math.max(0, right - place(limit))} height={LINE - TOP} />
      <line class="axis" x1={EDGE} x2={right} y1={LINE} y2={LINE} />
      {gap !== undefined && <AxisGap x={gap} y={LINE} />}
      {stackedDots(amounts.map(place), LINE - TOP - 4).map(({ x, y, radius }, index) => {
        const each = purchase.against[index];
        return (
          <circle key={index} class="purchase" cx={x} cy={LINE - y} r={radius}>
            <title>{each && `Buyer: ${showUser(each.user)}, ${each.timestamp}: ${showAmount(each.amount)}`}</title>
          </circle>
        );
      })}
      <line class="mean" x1={place(mean)} x2={place(mean)} y1={TOP} y2={LINE + 6} />
      <LabelAt
        kind="mean-label"
        x={place(mean)}
        y={LINE + 22}
        width={width}
        text={`mean ${showAmount(purchase.mean)}`}
      />
      <line class="limit" x1={place(limit)} x2={place(limit)} y1={TOP} y2={LINE + 24} />
      <LabelAt
        kind="limit-label"
        x={place(limit)}
        y={LINE + 42}
        width={width}
        text={`limit ${showAmount(purchase.limit)}`}
      />
      <line class="judged-stem" x1={at} x2={at} y1={TOP - 8} y2={LINE} />
      <circle class="judged" cx={at} cy={LINE} r={7} />
      <LabelAt
        kind="judged-label"
        x={at}
        y={TOP - 14}
        width={width}
        text={`this purchase ${showAmount(purchase.amount)}`}
      />
    </>
  );
}

function sentence({ amount, mean, sd, limit, against }: ExplainedPurchaseAnswer): string {
  return `${against.length} purchases of the network with a mean of ${mean} and a standard deviation of ${sd}: the limit is ${limit}, and this purchase is ${amount}.`;
}
