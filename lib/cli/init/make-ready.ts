import path from 'node:path';
import { prepareFolder } from '../../local/prepare-folder.ts';
import { readRunFile } from '../../local/run-file.ts';
import { RunFolder } from '../../local/run-folder.ts';
import { describeStack } from '../../local/synthesis/describe-stack.ts';
import type { FoundSystem } from './found-system.ts';

/** Makes a data folder ready for a local run; one that is at work already is left alone. */
export async function makeReady(data: string): Promise<FoundSystem> {
  const run = await readRunFile(data);
  if (run !== undefined) {
    return { verdict: `A local run is at work on ${data}.`, resources: run.resources, notes: [] };
  }
  const stack = path.join(new RunFolder(data).path, 'stack');
  const { resources, unchanged } = await prepareFolder(data, () => describeStack(stack));
  return { verdict: `The data folder ${data} is ready; nothing runs on it yet.`, resources, notes: unchanged };
}
