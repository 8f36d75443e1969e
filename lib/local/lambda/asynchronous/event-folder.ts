import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeDurably } from '../../durable-file.ts';
import type { QueuedEvent } from './queued-event.ts';

const ENDING = '.json';

/** A file for each event: what is written here survives this process, however it ends. */
export class EventFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The events that an earlier process left, oldest first. */
  async readAll(): Promise<QueuedEvent[]> {
    await mkdir(this.#folder, { recursive: true });
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(ENDING));
    const files = names.map((name) => readFile(path.join(this.#folder, name), 'utf8'));
    const events = (await Promise.all(files)).map((content) => JSON.parse(content) as QueuedEvent);
    return events.toSorted((a, b) => a.acceptedAt - b.acceptedAt);
  }

  async write(event: QueuedEvent): Promise<void> {
    await writeDurably(this.#fileOf(event), JSON.stringify(event));
  }

  async remove(event: QueuedEvent): Promise<void> {
    await rm(this.#fileOf(event), { force: true });
  }

  #fileOf({ id }: QueuedEvent): string {
    return path.join(this.#folder, `${encodeURIComponent(id)}${ENDING}`);
  }
}
