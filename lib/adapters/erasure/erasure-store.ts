import type { Erasure } from '../../core/erasure/erasure.ts';

/** The removals that have not come to their end, by names that hold nothing of whose data it is. Every read is strongly consistent. */
export interface ErasureStore {
  read(name: string): Promise<Erasure | undefined>;
  /** In the order of their names. */
  readAll(): Promise<NamedErasure[]>;
  write(name: string, erasure: Erasure): Promise<void>;
  delete(name: string): Promise<void>;
}

export interface NamedErasure {
  readonly name: string;
  readonly erasure: Erasure;
}
