import { readIfThere, writeDurably } from '../../durable-file.ts';

/** How far a mapping has come in each shard. */
type Positions = Readonly<Record<string, ShardCheckpoint>>;

interface ShardCheckpoint {
  /** The last record that is done with; undefined before the first one. */
  readonly after?: string;
  /** The shard is closed, and all of it is done with. */
  readonly isFinished?: true;
}

/** How far a mapping has come, in a file that is written anew with every step. */
export class Checkpoints {
  readonly #file: string;
  #positions: Positions = {};
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  async load(): Promise<void> {
    const content = await readIfThere(this.#file);
    if (content !== undefined) this.#positions = JSON.parse(content) as Positions;
  }

  after(shardId: string): string | undefined {
    return this.#positions[shardId]?.after;
  }

  isFinished(shardId: string): boolean {
    return this.#positions[shardId]?.isFinished ?? false;
  }

  async advance(shardId: string, after: string): Promise<void> {
    await this.#change({ ...this.#positions, [shardId]: { after } });
  }

  async finish(shardId: string): Promise<void> {
    await this.#change({ ...this.#positions, [shardId]: { ...this.#positions[shardId], isFinished: true } });
  }

  /** Forgets the shards that the stream no longer has. */
  async keepOnly(shardIds: ReadonlySet<string>): Promise<void> {
    const kept = Object.entries(this.#positions).filter(([shardId]) => shardIds.has(shardId));
    if (kept.length < Object.keys(this.#positions).length) await this.#change(Object.fromEntries(kept));
  }

  /** One write after the other, each with everything that is known by then. */
  async #change(positions: Positions): Promise<void> {
    this.#positions = positions;
    const earlier = this.#writing;
    this.#writing = (async () => {
      await earlier.catch(() => undefined);
      await writeDurably(this.#file, JSON.stringify(this.#positions, undefined, 2));
    })();
    await this.#writing;
  }
}
