import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readIfThere } from './durable-file.ts';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity.ts';

/** Another run has the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';

  constructor(folder: string, pid: number) {
    super(
      `a local run is already at work on ${folder} (process ${pid}); stop it with: flagstone stop --data=${folder}`,
    );
  }
}

const ATTEMPTS = 5;

/**
 * Makes this process the only run on a folder, until it calls what it is given. The lock of a process that is no more is
 * taken over. @throws FolderInUse
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const lock = path.join(folder, 'lock');
  const mine = `${lock}.${randomUUID()}`;
  const content = JSON.stringify(identityOf(process.pid));
  await writeFile(mine, content);
  try {
    for (let attempt = 1; !(await linked(mine, lock)); attempt++) {
      const holder = await readIfThere(lock);
      if (holder === undefined) continue;
      if (isHeld(holder) || attempt === ATTEMPTS) throw new FolderInUse(folder, parsed(holder)?.pid ?? 0);
      await removeStale(lock, holder);
    }
  } finally {
    await rm(mine, { force: true });
  }
  return async () => rm(lock, { force: true });
}

/** A link, unlike a write, is there with its content at once, and fails where there is one. */
async function linked(mine: string, lock: string): Promise<boolean> {
  try {
    await link(mine, lock);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Another process may do the same at this moment, and already have a lock of its own there: that one is put back. */
async function removeStale(lock: string, stale: string): Promise<void> {
  const aside = `${lock}.${randomUUID()}`;
  try {
    await rename(lock, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== stale) await linked(aside, lock);
  await rm(aside, { force: true });
}

function isHeld(content: string): boolean {
  const holder = parsed(content);
  return holder !== undefined && isAlive(holder);
}

function parsed(content: string): ProcessIdentity | undefined {
  try {
    const holder = JSON.parse(content) as ProcessIdentity;
    return Number.isInteger(holder.pid) ? holder : undefined;
  } catch {
    return undefined;
  }
}
