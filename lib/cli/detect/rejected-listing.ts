import type { RejectedLine } from '../../core/network/log-reader.ts';
import { withThousands } from '../terminal/numbers.ts';
import { printable, shortPrintable } from '../terminal/printable.ts';
import type { ScreenText } from '../terminal/screen-text.ts';
import type { Outlet } from './outlet.ts';

const LISTED = 20;
const LONGEST_REASON = 200;
const LONGEST_TEXT = 120;

/** The first lines that are no events, and how many more there are. */
export function rejectedListing(screen: ScreenText): Outlet {
  let count = 0;
  const rejected = (line: RejectedLine, log: string): void => {
    count++;
    if (count <= LISTED) screen.write(listed(line, log, screen));
  };
  return {
    rejected,
    flush: () => screen.flush(),
    finish: async () => {
      const more = count - LISTED;
      if (more > 0) screen.write(`… and ${withThousands(more)} more (use --rejected=FILE to keep them all)\n`);
      await screen.flush();
    },
    discard: () => screen.flush(),
  };
}

function listed({ lineNumber, reason, text }: RejectedLine, log: string, { paint }: ScreenText): string {
  const place = paint('yellow', `${printable(log)}:${lineNumber}:`);
  return `${place} ${shortPrintable(reason, LONGEST_REASON)}\n    ${paint('dim', shortPrintable(text, LONGEST_TEXT))}\n`;
}
