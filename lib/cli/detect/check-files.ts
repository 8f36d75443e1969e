import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inspectOutput, type OutputTarget } from '../files/inspect-output.ts';
import { findLog, type LogSource } from '../files/log-source.ts';
import type { Host } from '../host.ts';
import { UsageError } from '../usage-error.ts';
import type { DetectRequest } from './request.ts';

export interface DetectFiles {
  readonly batch: LogSource;
  readonly stream: LogSource;
  readonly output: OutputTarget;
  readonly rejected: OutputTarget | undefined;
}

/** Finds the mistakes that can be found before anything is read or written. */
export async function checkFiles(request: DetectRequest, host: Host): Promise<DetectFiles> {
  const batch = await findLog(request.batchLog, host);
  const stream = await findLog(request.streamLog, host);
  const output = await inspectOutput(request.output);
  const rejected = request.rejected === undefined ? undefined : await inspectOutput(request.rejected);
  if (request.explain && output.kind === 'standard output') {
    throw new UsageError('--explain writes to standard output, so --output must be a file');
  }
  await checkNotOverwritten('--output', output, { '--batch-log': batch.path, '--stream-log': stream.path });
  if (rejected !== undefined) {
    const others = { '--batch-log': batch.path, '--stream-log': stream.path, '--output': output.path };
    await checkNotOverwritten('--rejected', rejected, others);
  }
  return { batch, stream, output, rejected };
}

async function checkNotOverwritten(
  option: string,
  target: OutputTarget,
  others: Readonly<Record<string, string>>,
): Promise<void> {
  if (target.kind !== 'file') return;
  for (const [other, path] of Object.entries(others)) {
    if ((await identityOf(target.path)) !== (await identityOf(path))) continue;
    throw new UsageError(`${option} would overwrite the file of ${other}: ${path}`);
  }
}

/** The same for all names of a file. */
async function identityOf(path: string): Promise<string> {
  try {
    const { dev, ino } = await stat(path);
    return `${dev}:${ino}`;
  } catch {
    return resolve(path);
  }
}
