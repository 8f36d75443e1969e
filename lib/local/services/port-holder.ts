import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTENING = '0A';
const LONGEST_COMMAND = 80;

/** Who listens on a port, where the system tells (Linux, of processes of the same user): `process 4711, node server.js`. */
export function holderOfPort(port: number): string | undefined {
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => socketsOn(port, table));
  const pid = sockets.length === 0 ? undefined : namesIn('/proc').find((name) => holdsAny(name, sockets));
  if (pid === undefined) return undefined;
  const command = textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
  return `process ${pid}, ${command.slice(0, LONGEST_COMMAND)}`;
}

/** What a process calls the sockets that listen on a port. */
function socketsOn(port: number, table: string): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = textOf(table).split('\n').slice(1);
  return rows.flatMap((row) => {
    const [, address = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/);
    return state === LISTENING && address.endsWith(suffix) ? [`socket:[${inode}]`] : [];
  });
}

function holdsAny(pid: string, sockets: readonly string[]): boolean {
  if (!/^\d+$/.test(pid)) return false;
  return namesIn(`/proc/${pid}/fd`).some((name) => sockets.includes(linkOf(`/proc/${pid}/fd/${name}`)));
}

/** What is not there, or not ours to read, tells nothing. */
function quietly<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function textOf(file: string): string {
  return quietly(() => readFileSync(file, 'utf8'), '');
}

function namesIn(folder: string): string[] {
  return quietly(() => readdirSync(folder), []);
}

function linkOf(file: string): string {
  return quietly(() => readlinkSync(file), '');
}
