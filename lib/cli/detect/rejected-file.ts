import type { OutputTarget } from '../files/inspect-output.ts';
import { OutputFile } from '../files/output-file.ts';
import type { Host } from '../host.ts';
import type { Outlet } from './outlet.ts';

/** Every line that is no event, with its place and the reason, as a JSON object. */
export async function rejectedFile(target: OutputTarget, host: Host): Promise<Outlet> {
  const file = await OutputFile.open(target, host);
  return {
    rejected: ({ lineNumber, reason, text }, log) =>
      file.write(`${JSON.stringify({ log, line: lineNumber, reason, text })}\n`),
    flush: () => file.flush(),
    finish: () => file.finish(),
    discard: () => file.discard(),
  };
}
