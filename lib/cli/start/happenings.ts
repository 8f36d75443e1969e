import type { ObjectStore } from '../../adapters/objects/object-store.ts';
import type { RunEvent } from '../../local/run-events.ts';
import type { Resources } from '../../local/run-file.ts';
import type { Screen } from '../host.ts';
import { counted } from '../terminal/numbers.ts';
import { paintFor, type Paint } from '../terminal/paint.ts';
import { print } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';
import { comesInCrowds, sentencesOn } from './output-sentences.ts';
import { GentleLines } from './gentle-lines.ts';
import { sentenceOnTrouble } from './trouble-sentence.ts';

export interface HappeningsOptions {
  readonly screen: Screen;
  readonly resources: Pick<Resources, 'inputBucket' | 'outputBucket'>;
  readonly output: ObjectStore;
  readonly now: () => Date;
  /** Calls back so many milliseconds later. */
  readonly later: (milliseconds: number, action: () => void) => void;
}

type ObjectCreated = RunEvent & { readonly kind: 'object-created' };

const MOST_REMEMBERED = 10_000;

/** Tells on the screen what happens while the system runs: a line for each thing, in the order in which it happened. */
export class Happenings {
  readonly #options: HappeningsOptions;
  readonly #paint: Paint;
  /** Objects that have been told: an output may be written again, which is no news. */
  readonly #told = new Set<string>();
  readonly #anomalies: GentleLines;
  #telling: Promise<void> = Promise.resolve();

  constructor(options: HappeningsOptions) {
    this.#options = options;
    this.#paint = paintFor(options.screen);
    const { now, later } = options;
    const onHeldBack = (): void => this.#say(async () => this.#sentencesOnHeldBack());
    this.#anomalies = new GentleLines({ now: () => now().getTime(), later, onHeldBack });
  }

  tell(event: RunEvent): void {
    this.#say(async () => this.#sentencesOn(event));
  }

  #say(sentences: () => Promise<readonly string[]>): void {
    const time = this.#options.now().toTimeString().slice(0, 8);
    this.#telling = this.#telling.then(async () => {
      const lines = await sentences();
      const text = lines.map((line) => `${this.#paint('dim', time)}  ${line}\n`).join('');
      if (text !== '') await print(this.#options.screen, text);
    });
  }

  /** Tells what somebody does, as they say it. */
  tellOf(name: string, sentence: string): void {
    this.#say(async () => [`${this.#paint('cyan', name)}  ${printable(sentence)}`]);
  }

  /** Comes back when everything has been told. */
  async flush(): Promise<void> {
    this.#say(async () => this.#sentencesOnHeldBack());
    await this.#telling;
  }

  async #sentencesOn(event: RunEvent): Promise<readonly string[]> {
    if (event.kind !== 'object-created') return [this.#paint('red', printable(sentenceOnTrouble(event)))];
    const { bucket, key, size } = event;
    const { resources } = this.#options;
    if (bucket === resources.inputBucket) return [`${printable(key)} was dropped, ${counted(size, 'byte')}`];
    return bucket === resources.outputBucket ? this.#sentencesOnOutput(event) : [];
  }

  async #sentencesOnOutput({ key }: ObjectCreated): Promise<readonly string[]> {
    if (this.#told.has(key)) return [];
    this.#remember(key);
    try {
      const sentences = await sentencesOn({ key, output: this.#options.output, paint: this.#paint });
      return comesInCrowds(key) ? this.#anomalies.take(sentences) : sentences;
    } catch (error) {
      return [this.#paint('red', printable(`${key} cannot be shown: ${String(error)}`))];
    }
  }

  #sentencesOnHeldBack(): readonly string[] {
    const count = this.#anomalies.takeHeldBack();
    return count === 0
      ? []
      : [`and ${counted(count, 'more anomalous transaction')}; see flagstone flagged --transactions`];
  }

  #remember(key: string): void {
    this.#told.add(key);
    const [oldest] = this.#told;
    if (this.#told.size > MOST_REMEMBERED && oldest !== undefined) this.#told.delete(oldest);
  }
}
