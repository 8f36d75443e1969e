import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { Shard } from './shard.ts';

export type StreamMode = 'PROVISIONED' | 'ON_DEMAND';

export interface StreamSettings {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly mode: StreamMode;
  readonly shardCount: number;
  readonly retentionHours: number;
}

const HOUR = 3_600_000;

export class Stream {
  readonly shards: readonly Shard[];
  readonly #folder: string;
  readonly #held: { settings: StreamSettings };

  private constructor(folder: string, held: { settings: StreamSettings }, shards: readonly Shard[]) {
    this.#folder = folder;
    this.#held = held;
    this.shards = shards;
  }

  static async open(folder: string, now: () => number): Promise<Stream> {
    const settings = JSON.parse(await readFile(path.join(folder, FILE), 'utf8')) as StreamSettings;
    const held = { settings };
    const retention = (): number => held.settings.retentionHours * HOUR;
    const shards = Array.from({ length: settings.shardCount }, (_, shard) =>
      Shard.open(path.join(folder, shardIdOf(shard)), { now, retention }),
    );
    return new Stream(folder, held, await Promise.all(shards));
  }

  get settings(): StreamSettings {
    return this.#held.settings;
  }

  async setRetention(retentionHours: number): Promise<void> {
    const settings = { ...this.settings, retentionHours };
    await writeSettings(this.#folder, settings);
    this.#held.settings = settings;
  }

  async close(): Promise<void> {
    for (const shard of this.shards) await shard.close();
  }
}

export function shardIdOf(shard: number): string {
  return `shardId-${String(shard).padStart(12, '0')}`;
}

const FILE = 'stream.json';

export async function writeSettings(folder: string, settings: StreamSettings): Promise<void> {
  const file = path.join(folder, FILE);
  const aside = await open(`${file}.new`, 'w');
  await aside.writeFile(`${JSON.stringify(settings)}\n`);
  await aside.datasync();
  await aside.close();
  await rename(`${file}.new`, file);
}
