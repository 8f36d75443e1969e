import type { Screen } from '../host.ts';
import { counted, rate } from './numbers.ts';
import { paintFor, type Paint } from './paint.ts';

export interface Progress {
  readonly bytes: number;
  readonly events: number;
}

export interface ProgressOptions {
  readonly screen: Screen;
  /** Bytes there are in all; unknown when one of the inputs does not tell. */
  readonly total: number | undefined;
  /** Seconds, of a clock that never goes back. */
  readonly clock: () => number;
  /** What is counted, if not events. */
  readonly noun?: string;
}

const SECONDS_BETWEEN_DRAWINGS = 0.1;
const USUAL_WIDTH = 80;
const WIDEST_BAR = 40;
const NARROWEST_BAR = 8;
const WIPE = '\r\x1b[K';

/** One line of a terminal that is drawn over and over. */
export class ProgressBar {
  readonly #options: ProgressOptions;
  readonly #paint: Paint;
  readonly #started: number;
  #drawn: number;
  #visible = false;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#paint = paintFor(options.screen);
    this.#started = options.clock();
    this.#drawn = this.#started;
  }

  /** Draws at most ten times a second, so it may be called as often as one likes. */
  show(progress: Progress): void {
    const now = this.#options.clock();
    if (now - this.#drawn < SECONDS_BETWEEN_DRAWINGS) return;
    this.#drawn = now;
    this.#visible = true;
    this.#options.screen.write(`\r${this.#line(progress, now - this.#started)}\x1b[K`);
  }

  /** Makes room for other text. */
  wipe(): void {
    if (this.#visible) this.#options.screen.write(WIPE);
    this.#visible = false;
  }

  #line({ bytes, events }: Progress, seconds: number): string {
    const { screen, total, noun = 'event' } = this.#options;
    // Some terminals say that they have no columns at all.
    const width = (screen.columns || USUAL_WIDTH) - 1;
    const share = total === undefined ? undefined : Math.min(1, bytes / Math.max(1, total));
    const percent = share === undefined ? [] : [`${String(Math.floor(share * 100)).padStart(3)} %`];
    const figures = asManyAsFit([...percent, counted(events, noun), rate(events, seconds, noun)], width);
    const cells = Math.min(WIDEST_BAR, width - figures.length - 1);
    return share === undefined || cells < NARROWEST_BAR ? figures : `${this.#bar(share, cells)} ${figures}`;
  }

  #bar(share: number, cells: number): string {
    const halves = Math.round(share * cells * 2);
    const done = '━'.repeat(halves >> 1) + (halves % 2 === 1 ? '╸' : '');
    return this.#paint('cyan', done) + this.#paint('dim', '─'.repeat(cells - done.length));
  }
}

function asManyAsFit(figures: readonly string[], width: number): string {
  const line = figures.join('   ');
  return line.length <= width || figures.length === 0 ? line : asManyAsFit(figures.slice(0, -1), width);
}
