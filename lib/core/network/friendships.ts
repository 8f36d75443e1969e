import { addressOf, type Engine } from '../wasm/engine.ts';

/** Who is whose friend. */
export class Friendships {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  degree(user: number): number {
    return this.#engine.degree(user);
  }

  friendsOf(user: number): Int32Array {
    const { memory } = this.#engine;
    return new Int32Array(memory.buffer, addressOf(this.#engine.friendsStart(user)), this.degree(user)).slice();
  }

  has(user: number, friend: number): boolean {
    return this.#engine.hasFriend(user, friend) !== 0;
  }
}
