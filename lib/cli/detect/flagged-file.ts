import type { OutputTarget } from '../files/inspect-output.ts';
import { OutputFile } from '../files/output-file.ts';
import type { Host } from '../host.ts';
import type { Outlet } from './outlet.ts';

/** Every flagged purchase, as the line of the log with mean and sd added. */
export async function flaggedFile(target: OutputTarget, host: Host): Promise<Outlet> {
  const file = await OutputFile.open(target, host);
  return {
    flagged: ({ line }) => file.write(`${line}\n`),
    flush: () => file.flush(),
    finish: () => file.finish(),
    discard: () => file.discard(),
  };
}
