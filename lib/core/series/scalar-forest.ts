import { Random } from '../forest/random.ts';
import { LARGEST_SAMPLE, ScalarTree } from './scalar-tree.ts';
import type { Track } from './track.ts';

const MOST_TREES = 100;

/** Of trees that grow at one point: what a point may cost bounds the trees of a short window. */
const MOST_TOGETHER = 2;

/**
 * An isolation forest of the values of a track. Its trees are replaced one by one: each grows from the newer half of the
 * track and stays for the time in which that becomes the older half. So the forest is never rebuilt, and follows from the
 * values in the track and the number of values so far, which it takes its random numbers from.
 */
export class ScalarForest {
  readonly #track: Track;
  readonly #stretch: number;
  /** A step of growing comes after so many values, */
  readonly #pause: number;
  /** and replaces so many trees. */
  readonly #together: number;
  readonly #steps: number;
  readonly #trees: (ScalarTree | undefined)[];

  constructor(track: Track) {
    this.#track = track;
    this.#stretch = Math.max(1, Math.floor(track.capacity / 2));
    const lifetime = Math.max(1, track.capacity - this.#stretch);
    this.#pause = Math.max(1, Math.floor(lifetime / MOST_TREES));
    this.#together = Math.min(MOST_TOGETHER, Math.ceil(MOST_TREES / lifetime));
    this.#steps = Math.min(Math.floor(lifetime / this.#pause), Math.ceil(MOST_TREES / this.#together));
    this.#trees = Array.from({ length: this.#steps * this.#together }, () => undefined);
  }

  /** Of values that a tree grows from, when the track is full. */
  get sampleSize(): number {
    return Math.min(LARGEST_SAMPLE, this.#stretch);
  }

  /** How many cuts isolate a value, on the average over the trees: at least 1. Undefined while there are no trees. */
  pathLength(value: number): number | undefined {
    let sum = 0;
    let count = 0;
    for (const tree of this.#trees) {
      if (tree === undefined) continue;
      sum += tree.pathLength(value);
      count++;
    }
    return count === 0 ? undefined : sum / count;
  }

  /** Takes note that the track has got a value. `number` is how many the series had before. */
  learn(number: number): void {
    if (number % this.#pause !== 0 || this.#track.length < this.sampleSize) return;
    const step = number / this.#pause;
    const random = new Random(step);
    for (let nth = 0; nth < this.#together; nth++) this.#grow((step % this.#steps) * this.#together + nth, random);
  }

  #grow(slot: number, random: Random): void {
    const tree = (this.#trees[slot] ??= new ScalarTree(this.sampleSize));
    tree.grow(this.#drawSample(random).toSorted(), random);
  }

  /** One value of each of as many stretches of the same length as there are to be values: as wide spread as can be. */
  #drawSample(random: Random): Float64Array {
    const values = this.#track.latest(this.#stretch);
    const sample = new Float64Array(this.sampleSize);
    const length = values.length / sample.length;
    for (let at = 0; at < sample.length; at++) sample[at] = values[Math.floor((at + random.unit()) * length)]!;
    return sample;
  }
}
