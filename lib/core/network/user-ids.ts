import type { UserId } from '../events/event.ts';
import { addressOf, type Engine } from '../wasm/engine.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const ASCII = /^[\x20-\x7e]*$/;
/** Longer ids are kept here. As in wasm/assembly/ids.ts. */
const LONGEST = 1024;

/**
 * Numbers the users from 0 in the order in which they are first seen. The engine finds ids by their bytes, so that no strings are
 * made of those in scanned lines; the few that it does not take stand in a Map.
 */
export class UserIds {
  readonly #engine: Engine;
  /** Users whose ids are not ASCII, very long, or collide: few. */
  readonly #others = new Map<string, number>();
  readonly #otherIds = new Map<number, string>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get count(): number {
    return this.#engine.users();
  }

  /** The user's number; a new one at first sight. */
  add(id: UserId): number {
    const user = this.find(id);
    if (user >= 0) return user;
    const isForEngine = isPlain(id);
    const added = isForEngine ? this.#engine.addUser(id.length) : -1;
    return added < 0 ? this.#addOther(id, isForEngine) : added;
  }

  /** The user's number, or -1 if the id was never seen. */
  find(id: UserId): number {
    if (isPlain(id)) {
      encoder.encodeInto(id, new Uint8Array(this.#engine.memory.buffer, this.#engine.scratch(), id.length));
      const user = this.#engine.findUser(id.length);
      if (user >= 0) return user;
    }
    return this.#others.get(id) ?? -1;
  }

  idOf(user: number): UserId {
    const other = this.#otherIds.get(user);
    if (other !== undefined) return other as UserId;
    const { memory } = this.#engine;
    return decoder.decode(
      new Uint8Array(memory.buffer, addressOf(this.#engine.idStart(user)), this.#engine.idLength(user)),
    ) as UserId;
  }

  #addOther(id: string, isCrowdedOut: boolean): number {
    const user = this.#engine.addElsewhere(Number(isCrowdedOut));
    this.#others.set(id, user);
    this.#otherIds.set(user, id);
    return user;
  }
}

function isPlain(id: string): boolean {
  return id.length <= LONGEST && ASCII.test(id);
}
