import { join } from 'node:path';
import { expect } from 'vitest';
import { runCommandLine } from '../../../lib/cli/command-line.ts';
import { FakeHost } from '../fake-host.ts';
import { BATCH_LOG, STREAM_LOG } from '../sample-logs.ts';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.ts';

export interface Run {
  readonly batch?: string;
  readonly stream?: string;
  readonly output?: string;
  readonly more?: readonly string[];
  readonly host?: FakeHost;
}

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The path of the output. */
  readonly output: string;
}

interface SampleFolder extends TemporaryFolder {
  /** Runs `detect` on the sample logs, or on what takes their place. */
  readonly detect: (run?: Run) => Promise<Result>;
}

/** A folder that holds the sample logs. */
export async function sampleFolder(): Promise<SampleFolder> {
  const { folder, put } = await temporaryFolder();
  const logs = { batch: await put('batch_log.json', BATCH_LOG), stream: await put('stream_log.json', STREAM_LOG) };
  const detect = async (run: Run = {}): Promise<Result> => {
    const { batch = logs.batch, stream = logs.stream, more = [], host = new FakeHost() } = run;
    const output = run.output ?? join(folder, 'flagged.json');
    const args = ['detect', `--batch-log=${batch}`, '--stream-log', stream, `--output=${output}`, ...more];
    const code = await runCommandLine(args, host);
    expect(host.listenerCount('exit')).toBe(0);
    return { code, stdout: host.stdout.text, stderr: host.stderr.text, output };
  };
  return { folder, put, detect };
}
