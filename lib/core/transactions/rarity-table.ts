import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

const MOST = 64;

/**
 * How rare each value of a text is among all transactions, -ln of its share: one column for a forest, however many values there are.
 * Of more values than fit, and of those never seen, each counts as rare as the rarest that is kept.
 */
export class RarityTable {
  readonly #rarities: ReadonlyMap<number, number>;
  readonly #rarest: number;

  private constructor(rarities: ReadonlyMap<number, number>, rarest: number) {
    this.#rarities = rarities;
    this.#rarest = rarest;
  }

  /** @param digests One for each training transaction. */
  static fit(digests: readonly number[]): RarityTable {
    const counts = new Map<number, number>();
    for (const digest of digests) counts.set(digest, (counts.get(digest) ?? 0) + 1);
    const commonest = [...counts].toSorted(([a, x], [b, y]) => y - x || a - b).slice(0, MOST);
    const total = digests.length + 1;
    const unlisted = counts.size > MOST ? Math.min(...commonest.map(([, count]) => count)) : 1;
    const rarities = commonest.map(([digest, count]) => [digest, Math.fround(-Math.log(count / total))] as const);
    return new RarityTable(new Map(rarities), Math.fround(-Math.log(unlisted / total)));
  }

  static restore(reader: ByteReader): RarityTable {
    const rarest = reader.float();
    const rarities = new Map<number, number>();
    for (let left = reader.byte(); left > 0; left--) rarities.set(reader.uint32(), reader.float());
    return new RarityTable(rarities, rarest);
  }

  save(writer: ByteWriter): void {
    writer.float(this.#rarest);
    writer.byte(this.#rarities.size);
    for (const [digest, rarity] of this.#rarities) {
      writer.uint32(digest);
      writer.float(rarity);
    }
  }

  /** In nats. */
  rarity(digest: number): number {
    return this.#rarities.get(digest) ?? this.#rarest;
  }
}
