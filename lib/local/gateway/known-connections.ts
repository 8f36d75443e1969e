import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectedClient } from './socket-events.ts';

/** The connections of a WebSocket API that its functions know of, each in a file: so that they can be told of the end of those that a crash has cut off. */
export class KnownConnections {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async add(client: ConnectedClient): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await writeFile(this.#file(client), JSON.stringify(client));
  }

  async remove(client: ConnectedClient): Promise<void> {
    await rm(this.#file(client), { force: true });
  }

  /** Those that were left behind, when nobody is connected yet. */
  async leftBehind(): Promise<ConnectedClient[]> {
    await mkdir(this.#folder, { recursive: true });
    const clients: ConnectedClient[] = [];
    for (const name of await readdir(this.#folder)) {
      const file = path.join(this.#folder, name);
      try {
        clients.push(JSON.parse(await readFile(file, 'utf8')) as ConnectedClient);
      } catch {
        // A crash has cut off the writing: the function has not been told of this one yet.
        await rm(file, { force: true });
      }
    }
    return clients;
  }

  #file({ id }: ConnectedClient): string {
    return path.join(this.#folder, `${id}.json`);
  }
}
