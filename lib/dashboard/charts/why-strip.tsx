import type { ExplainedPurchaseAnswer } from '../../core/api/flagged-purchases.ts';
import { showAmount } from '../parts/format.ts';

const WIDTH = 720;
const HEIGHT = 150;
const LEFT = 16;
const RIGHT = 704;
const LINE = 96;
const DOT = 5;

/** The purchases that one was judged against, on a line of amounts, with the mean, the limit, and the purchase itself. */
export function WhyStrip({ purchase }: { readonly purchase: ExplainedPurchaseAnswer }) {
  const amount = Number(purchase.amount);
  const mean = Number(purchase.mean);
  const limit = mean + 3 * Number(purchase.sd);
  const amounts = purchase.against.map((each) => Number(each.amount));
  const most = Math.max(amount, limit, ...amounts) * 1.04;
  const place = (value: number) => LEFT + (value / most) * (RIGHT - LEFT);
  return (
    <svg class="strip" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={sentence(purchase, limit)}>
      <rect class="beyond" x={place(limit)} y={LINE - 46} width={RIGHT - place(limit)} height={46} />
      <line class="axis" x1={LEFT} x2={RIGHT} y1={LINE} y2={LINE} />
      {stacked(amounts.map(place)).map(({ x, level }, index) => {
        const each = purchase.against[index];
        return (
          <circle key={index} class="purchase" cx={x} cy={LINE - DOT - level * 7} r={DOT}>
            <title>{each && `User ${each.user}, ${each.timestamp}: ${showAmount(each.amount)}`}</title>
          </circle>
        );
      })}
      <Mark kind="mean" x={place(mean)} y={LINE + 18} text={`mean ${showAmount(purchase.mean)}`} />
      <Mark kind="limit" x={place(limit)} y={LINE + 36} text={`limit ${showAmount(limit)}`} />
      <circle class="judged" cx={place(amount)} cy={LINE} r={8} />
      <text class="judged-label" x={place(amount)} y={LINE - 58} text-anchor={anchorAt(place(amount))}>
        this purchase {showAmount(purchase.amount)}
      </text>
      <line class="judged-stem" x1={place(amount)} x2={place(amount)} y1={LINE - 52} y2={LINE} stroke="currentColor" />
    </svg>
  );
}

interface MarkProps {
  readonly kind: 'mean' | 'limit';
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

function Mark({ kind, x, y, text }: MarkProps) {
  return (
    <>
      <line class={kind} x1={x} x2={x} y1={LINE - 46} y2={LINE + 6} />
      <text class={`${kind}-label`} x={x} y={y} text-anchor={anchorAt(x)}>
        {text}
      </text>
    </>
  );
}

/** Dots that would cover each other are put on top of each other. */
function stacked(places: readonly number[]): { readonly x: number; readonly level: number }[] {
  const taken = new Map<number, number>();
  return places.map((x) => {
    const column = Math.round(x / (DOT * 1.5));
    const level = taken.get(column) ?? 0;
    taken.set(column, level + 1);
    return { x, level: Math.min(level, 5) };
  });
}

function anchorAt(x: number): 'start' | 'middle' | 'end' {
  if (x < 90) return 'start';
  return x > WIDTH - 90 ? 'end' : 'middle';
}

function sentence({ amount, mean, sd, against }: ExplainedPurchaseAnswer, limit: number): string {
  return `${against.length} purchases of the network with a mean of ${mean} and a standard deviation of ${sd}: the limit is ${limit.toFixed(2)}, and this purchase is ${amount}.`;
}
