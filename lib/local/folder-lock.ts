import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readIfThere } from './durable-file.ts';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity.ts';

/** Another run has the folder. */
class FolderInUse extends Error {
  override readonly name = 'FolderInUse';

  constructor(folder: string, pid: number) {
    super(
      `a local run is already at work on ${folder} (process ${pid}); stop it with: npx flagstone stop --data=${folder}`,
    );
  }
}

const LOCK = /^lock\.(\d+)$/;

/**
 * Makes this process the only run on a folder, until it calls what it is given. The lock of a process that is no more is
 * taken over: by making the next one, which only one process can. So no lock is ever removed that somebody else may have
 * just made; the numbers only rise.
 * @throws FolderInUse
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  for (;;) {
    const latest = await latestLock(folder);
    const holder = await holderOf(lockFile(folder, latest));
    if (holder !== undefined && isAlive(holder)) throw new FolderInUse(folder, holder.pid);
    const mine = lockFile(folder, latest + 1);
    if (!(await made(mine))) continue;
    // The folder may have been read while others took locks and let go of them.
    if ((await latestLock(folder)) !== latest + 1) {
      await rm(mine);
      continue;
    }
    await removeOlder(folder, latest + 1);
    return () => writeFile(mine, '{}');
  }
}

/** A link, unlike a write, is there with its content at once, and fails where there is one. */
async function made(lock: string): Promise<boolean> {
  const draft = `${lock}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(identityOf(process.pid)));
  try {
    await link(draft, lock);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function latestLock(folder: string): Promise<number> {
  return Math.max(0, ...(await lockNumbers(folder)));
}

async function removeOlder(folder: string, current: number): Promise<void> {
  const older = (await lockNumbers(folder)).filter((number) => number < current);
  await Promise.all(older.map((number) => rm(lockFile(folder, number), { force: true })));
}

async function lockNumbers(folder: string): Promise<number[]> {
  return (await readdir(folder)).flatMap((name) => LOCK.exec(name)?.slice(1, 2).map(Number) ?? []);
}

function lockFile(folder: string, number: number): string {
  return path.join(folder, `lock.${number}`);
}

/** Undefined for a lock that was let go, and for one that is no more. */
async function holderOf(lock: string): Promise<ProcessIdentity | undefined> {
  try {
    const holder = JSON.parse((await readIfThere(lock)) ?? '{}') as ProcessIdentity;
    return Number.isInteger(holder.pid) ? holder : undefined;
  } catch {
    return undefined;
  }
}
