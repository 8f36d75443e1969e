import { formatAmount } from '../../core/events/amount.ts';
import { formatTimestamp } from '../../core/events/timestamp.ts';
import type { FlaggedLine } from '../../core/network/log-reader.ts';
import type { JudgedPurchase } from '../../core/network/network-detector.ts';
import { counted, withThousands } from '../terminal/numbers.ts';
import type { Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import { purchaseSentence, userName } from '../terminal/purchase-sentence.ts';
import { drawDistribution } from './distribution.ts';

const LISTED = 5;

export interface ExplanationContext {
  readonly degrees: number;
  /** The path of the stream log. */
  readonly log: string;
  readonly paint: Paint;
}

/** Who bought what, when, and why it stands out. */
export function explainPurchase(flagged: FlaggedLine, { degrees, log, paint }: ExplanationContext): string {
  const { lineNumber, purchase, flag } = flagged;
  const amounts = flag.judgedAgainst.map(({ amount }) => amount);
  const distribution = {
    amounts: amounts.map(Number),
    limit: Number(flag.limit) * 1e6,
    amount: Number(purchase.amount),
  };
  const lines = [
    `  ${drawDistribution(distribution, paint)}`,
    `  limit ${paint('yellow', flag.limit)} (mean ${flag.mean} + 3 × standard deviation ${flag.sd})`,
    `  of the ${counted(amounts.length, 'latest purchase')} within ${counted(degrees, 'degree')} of friendship:`,
    ...purchaseLines(flag.judgedAgainst).map((line) => `    ${paint('dim', line)}`),
  ];
  return `${purchaseSentence(purchase, paint)}  ${paint('dim', `${printable(log)}:${lineNumber}`)}\n${lines.join('\n')}\n`;
}

function purchaseLines(purchases: readonly JudgedPurchase[]): string[] {
  const listed = purchases.slice(0, LISTED);
  const width = Math.max(...listed.map(({ amount }) => formatAmount(amount).length));
  const lines = listed.map(
    ({ time, amount, user }) =>
      `${formatTimestamp(time)}  ${formatAmount(amount).padStart(width)}  user ${userName(user)}`,
  );
  const earlier = purchases.length - listed.length;
  return earlier > 0 ? [...lines, `… and ${withThousands(earlier)} earlier`] : lines;
}
