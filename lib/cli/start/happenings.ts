import type { ObjectStore } from '../../adapters/objects/object-store.ts';
import type { RunEvent } from '../../local/run-events.ts';
import type { Resources } from '../../local/run-file.ts';
import type { Screen } from '../host.ts';
import { paintFor, type Paint } from '../terminal/paint.ts';
import { print } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';
import { sentencesOn } from './output-sentences.ts';
import { counted } from '../terminal/numbers.ts';

export interface HappeningsOptions {
  readonly screen: Screen;
  readonly resources: Pick<Resources, 'inputBucket' | 'outputBucket'>;
  readonly output: ObjectStore;
  readonly now: () => Date;
}

const MOST_REMEMBERED = 10_000;

/** Tells on the screen what happens while the system runs: a line for each thing, in the order in which it happened. */
export class Happenings {
  readonly #options: HappeningsOptions;
  readonly #paint: Paint;
  /** Objects that have been told: an output may be written again, which is no news. */
  readonly #told = new Set<string>();
  #telling: Promise<void> = Promise.resolve();

  constructor(options: HappeningsOptions) {
    this.#options = options;
    this.#paint = paintFor(options.screen);
  }

  tell(event: RunEvent): void {
    const time = this.#options.now().toTimeString().slice(0, 8);
    this.#telling = this.#telling.then(async () => {
      const lines = await this.#sentencesOn(event);
      const text = lines.map((line) => `${this.#paint('dim', time)}  ${line}\n`).join('');
      if (text !== '') await print(this.#options.screen, text);
    });
  }

  /** Comes back when everything has been told. */
  async flush(): Promise<void> {
    await this.#telling;
  }

  async #sentencesOn(event: RunEvent): Promise<readonly string[]> {
    const paint = this.#paint;
    switch (event.kind) {
      case 'object-created':
        return this.#sentencesOnObject(event);
      case 'invocation-failed':
        return [
          paint(
            'red',
            printable(`${event.functionName} failed: ${event.error.errorType}: ${event.error.errorMessage}`),
          ),
        ];
      case 'sandbox-died':
        return [
          paint('red', printable(`${event.functionName} crashed: ${event.reason}; its next call gets a new sandbox`)),
        ];
      case 'error-logged':
        return [paint('red', printable(`${event.functionName}: ${event.message}`))];
      case 'given-up':
        return [
          paint(
            'red',
            `${event.functionName} has failed on ${event.what} for good; kept in ${event.kept ?? 'no place'}`,
          ),
        ];
      case 'trouble':
        return [paint('red', printable(event.message))];
    }
  }

  async #sentencesOnObject({
    bucket,
    key,
    size,
  }: RunEvent & { readonly kind: 'object-created' }): Promise<readonly string[]> {
    const { resources, output } = this.#options;
    if (bucket === resources.inputBucket) return [`${printable(key)} was dropped, ${counted(size, 'byte')}`];
    if (bucket !== resources.outputBucket || this.#told.has(key)) return [];
    this.#remember(key);
    try {
      return await sentencesOn({ key, output, paint: this.#paint });
    } catch (error) {
      return [this.#paint('red', printable(`${key} cannot be shown: ${String(error)}`))];
    }
  }

  #remember(key: string): void {
    this.#told.add(key);
    const [oldest] = this.#told;
    if (this.#told.size > MOST_REMEMBERED && oldest !== undefined) this.#told.delete(oldest);
  }
}
