import type { Screen } from '../host.ts';
import { paintFor, type Paint } from './paint.ts';
import { print } from './print.ts';
import type { ProgressBar } from './progress-bar.ts';

/** Text for people, collected and then written where the progress bar was. */
export class ScreenText {
  readonly paint: Paint;
  readonly #screen: Screen;
  readonly #bar: ProgressBar | undefined;
  #pending = '';

  constructor(screen: Screen, bar?: ProgressBar) {
    this.paint = paintFor(screen);
    this.#screen = screen;
    this.#bar = bar;
  }

  write(text: string): void {
    this.#pending += text;
  }

  async flush(): Promise<void> {
    if (this.#pending === '') return;
    const text = this.#pending;
    this.#pending = '';
    this.#bar?.wipe();
    await print(this.#screen, text);
  }
}
