import { readFileSync } from 'node:fs';

/** A process, told apart from a later one that was given the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it was born, in the system's own terms; undefined where the system does not tell. */
  readonly birth?: string;
}

export function identityOf(pid: number): ProcessIdentity {
  const birth = birthOf(pid);
  return { pid, ...(birth !== undefined && { birth }) };
}

export function isAlive({ pid, birth }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return birth === undefined || birthOf(pid) === birth;
}

/** Linux tells in which tick after which start of the machine a process began. */
function birthOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return `${boot}/${fields[STARTED_AT]}`;
  } catch {
    return undefined;
  }
}

/** Counted from the field after the name, which is the third one: the 22nd of all. */
const STARTED_AT = 19;
