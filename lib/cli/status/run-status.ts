import { formatTimestamp } from '../../core/events/timestamp.ts';
import type { StoredTransaction } from '../../core/transactions-cloud/stored-transaction.ts';
import { askForStatus } from '../../local/control-client.ts';
import { readRunFile } from '../../local/run-file.ts';
import type { Component, RunStatus } from '../../local/status.ts';
import { onSystem } from '../connect/connect.ts';
import { nothingRunsOn } from '../connect/nothing-runs-on.ts';
import type { System } from '../connect/system.ts';
import type { Target } from '../connect/target.ts';
import type { Host } from '../host.ts';
import { counted } from '../terminal/numbers.ts';
import { paintFor } from '../terminal/paint.ts';
import { print } from '../terminal/print.ts';
import { EXIT_CODES } from '../usage-error.ts';
import { readableStatus } from './readable-status.ts';
import { readStatus, type SystemStatus } from './system-status.ts';

export interface StatusRequest {
  readonly target: Target;
  readonly json: boolean;
}

/** Prints how the system is; gives the exit code. */
export async function runStatus({ target, json }: StatusRequest, host: Host): Promise<number> {
  const status = await onSystem(target, (system) => statusOf(system, target));
  const text = json ? `${JSON.stringify(status)}\n` : readableStatus(status, nameOf(target), paintFor(host.stdout));
  await print(host.stdout, text);
  return status.healthy ? EXIT_CODES.done : EXIT_CODES.unexpected;
}

function statusOf(system: System, target: Target): Promise<SystemStatus> {
  const readRun = target.kind === 'local run' ? () => localStatus(target.data) : () => deployedStatus(system);
  return readStatus(readRun, () => system.openState());
}

async function localStatus(data: string): Promise<RunStatus> {
  const run = await readRunFile(data);
  if (run?.endpoints.lambda === undefined) throw nothingRunsOn(data);
  try {
    return await askForStatus(run.endpoints.lambda);
  } catch (error) {
    // It may have ended in this moment.
    if ((await readRunFile(data)) === undefined) throw nothingRunsOn(data);
    const detail = `process ${run.pid} does not answer: ${String(error)}`;
    const { endpoints, resources } = run;
    return {
      healthy: false,
      endpoints: { ...endpoints },
      resources: { ...resources },
      components: [{ name: 'local run', healthy: false, detail }],
      lag: {},
    };
  }
}

/** What can be reached. How the functions of a deployed stack are, AWS itself tells: by its alarms, and in CloudWatch. */
async function deployedStatus(system: System): Promise<RunStatus> {
  const { resources } = system;
  const bucket = await system.openBucket('outputBucket');
  await bucket.find('flagged/');
  const networks = await (await system.openState()).listNetworks();
  const newest = { list: { of: 'all' }, limit: 1 } as const;
  const { transactions } = await (await system.openTransactions()).list(newest);
  const users = await (await system.openUsers()).readUsers(transactions.map(({ transaction }) => transaction.user));
  const components: Component[] = [
    { name: 'output bucket', healthy: true, detail: `${resources.outputBucket} can be read` },
    {
      name: 'state table',
      healthy: true,
      detail: `${resources.stateTable} has ${counted(networks.length, 'network')}`,
    },
    {
      name: 'transaction table',
      healthy: true,
      detail: `${resources.transactionTable} ${newestOf(transactions)}`,
    },
    { name: 'profile table', healthy: true, detail: profilesAre(resources.profileTable, users.size) },
  ];
  return { healthy: true, endpoints: {}, resources: { ...resources }, components, lag: {} };
}

function profilesAre(table: string, read: number): string {
  return read === 0 ? `${table} has not been asked` : `${table} can be read`;
}

function newestOf([newest]: readonly StoredTransaction[]): string {
  if (newest === undefined) return 'has no transactions';
  return `has transactions, the newest of ${formatTimestamp(newest.transaction.time)}`;
}

function nameOf(target: Target): string {
  return target.kind === 'local run' ? `the local run on ${target.data}` : `the stack ${target.stack}`;
}
