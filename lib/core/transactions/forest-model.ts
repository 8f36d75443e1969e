import { IsolationForest } from '../forest/isolation-forest.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Features } from './features.ts';
import { TailTable } from './tail-table.ts';

/** Turns a transaction into a row of numbers. */
export interface ForestColumns {
  readonly columns: number;
  writeRow(features: Features, row: Float64Array, at: number): void;
}

export interface ForestTraining {
  readonly seed: number;
  readonly contamination: number;
}

/** A forest, and how rare its scores are. */
export class ForestModel {
  readonly #forest: IsolationForest;
  readonly #tail: TailTable;
  readonly #columns: ForestColumns;
  /** One row, reused: judging makes no garbage. */
  readonly #row: Float64Array;

  private constructor(forest: IsolationForest, tail: TailTable, columns: ForestColumns) {
    this.#forest = forest;
    this.#tail = tail;
    this.#columns = columns;
    this.#row = new Float64Array(columns.columns);
  }

  static fit(training: readonly Features[], columns: ForestColumns, options: ForestTraining): ForestModel {
    const rows = new Float64Array(training.length * columns.columns);
    training.forEach((features, index) => columns.writeRow(features, rows, index * columns.columns));
    const forest = IsolationForest.fit(rows, { columns: columns.columns, seed: options.seed });
    return new ForestModel(forest, TailTable.fit(forest.scoreAll(rows), options.contamination), columns);
  }

  static restore(reader: ByteReader, columns: ForestColumns): ForestModel {
    const forest = IsolationForest.restore(reader.bytes(reader.uint32()));
    if (forest.columns !== columns.columns) {
      throw reader.fault(
        `its forest is of ${forest.columns} columns, this version of Flagstone has ${columns.columns}`,
      );
    }
    return new ForestModel(forest, TailTable.restore(reader), columns);
  }

  save(writer: ByteWriter): void {
    const forest = this.#forest.save();
    writer.uint32(forest.length);
    writer.bytes(forest);
    this.#tail.save(writer);
  }

  /** How rare the forest's score of a transaction is among those of the training transactions, in nats. */
  surprise(features: Features): number {
    this.#columns.writeRow(features, this.#row, 0);
    return this.#tail.surprise(this.#forest.score(this.#row));
  }
}
