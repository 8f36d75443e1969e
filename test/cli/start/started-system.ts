import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { spawn, type ChildProcess } from 'node:child_process';
import { expect, onTestFinished, vi } from 'vitest';
import { localClients, type Clients } from '../../../lib/local/clients.ts';
import { readRunFile, type RunFile } from '../../../lib/local/run-file.ts';

export const PATIENCE = { timeout: 40_000, interval: 50 };

export interface Started {
  readonly child: ChildProcess;
  readonly file: RunFile;
  readonly clients: Clients;
}

/** Starts the whole system as a process, which ends with the test. Comes back when everything answers. */
export async function startSystem(program: string, data: string): Promise<Started> {
  const child = spawn(process.execPath, [program, 'start', `--data=${data}`, '--port=0'], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  await vi.waitFor(() => {
    if (child.exitCode !== null) throw new Error(said);
    expect(said).toMatch(/Flagstone runs on/);
  }, PATIENCE);
  const file = await readRunFile(data);
  const clients = localClients(file!.endpoints);
  onTestFinished(() => Object.values(clients).forEach((client) => client.destroy()));
  return { child, file: file!, clients };
}

export async function putRecord({ clients, file }: Started, partitionKey: string, text: string): Promise<void> {
  const data = new TextEncoder().encode(text);
  await clients.kinesis.send(
    new PutRecordCommand({ StreamName: file.resources.stream, PartitionKey: partitionKey, Data: data }),
  );
}
