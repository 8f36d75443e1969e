import { decodeErasure, encodeErasure, type Erasure } from '../../core/erasure/erasure.ts';
import type { ErasureStore, NamedErasure } from './erasure-store.ts';

/** The twin of DynamoErasureStore: keeps the same contract, in memory. */
export class MemoryErasureStore implements ErasureStore {
  readonly #erasures = new Map<string, string>();

  async read(name: string): Promise<Erasure | undefined> {
    const text = this.#erasures.get(name);
    return text === undefined ? undefined : decodeErasure(text);
  }

  async readAll(): Promise<NamedErasure[]> {
    const names = Array.from(this.#erasures).toSorted(([one], [other]) => (one < other ? -1 : 1));
    return names.map(([name, text]) => ({ name, erasure: decodeErasure(text) }));
  }

  async write(name: string, erasure: Erasure): Promise<void> {
    this.#erasures.set(name, encodeErasure(erasure));
  }

  async delete(name: string): Promise<void> {
    this.#erasures.delete(name);
  }
}
