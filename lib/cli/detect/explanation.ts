import type { NetworkParameters } from '../../core/events/log-header.ts';
import { counted } from '../terminal/numbers.ts';
import { printable } from '../terminal/printable.ts';
import type { ScreenText } from '../terminal/screen-text.ts';
import { DISTRIBUTION_LEGEND } from './distribution.ts';
import { explainPurchase } from './explain-purchase.ts';
import type { DetectRequest } from './request.ts';
import type { Outlet } from './outlet.ts';

/** For each flagged purchase a paragraph for people that says why. */
export function explanation(screen: ScreenText, request: DetectRequest, { degrees }: NetworkParameters): Outlet {
  const { paint } = screen;
  let count = 0;
  return {
    flagged: (line) => {
      if (count === 0) screen.write(`${paint('dim', DISTRIBUTION_LEGEND)}\n\n`);
      count++;
      screen.write(`${explainPurchase(line, { degrees, log: request.streamLog, paint })}\n`);
    },
    flush: () => screen.flush(),
    finish: () => {
      const found = count === 0 ? 'No purchase was flagged' : `${counted(count, 'purchase')} flagged`;
      screen.write(`${paint('bold', found)}; the output is in ${printable(request.output)}\n`);
      return screen.flush();
    },
    discard: () => screen.flush(),
  };
}
