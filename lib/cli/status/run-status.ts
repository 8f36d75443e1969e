import { askForStatus } from '../../local/control-client.ts';
import { readRunFile } from '../../local/run-file.ts';
import type { RunStatus } from '../../local/status.ts';
import { onSystem } from '../connect/connect.ts';
import { nothingRunsOn } from '../connect/nothing-runs-on.ts';
import type { System } from '../connect/system.ts';
import type { Target } from '../connect/target.ts';
import type { Host } from '../host.ts';
import { paintFor } from '../terminal/paint.ts';
import { print } from '../terminal/print.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { EXIT_CODES } from '../usage-error.ts';
import { checkLocalApi } from './check-addresses.ts';
import { readableStatus } from './readable-status.ts';
import { readStatus, type SystemStatus } from './system-status.ts';

export interface StatusRequest {
  readonly target: Target;
  readonly json: boolean;
  /** Until Ctrl-C, again and again. */
  readonly watch: boolean;
}

const WATCH_MS = 5000;

/** Prints how the system is; gives the exit code, of what it was last. */
export async function runStatus(request: StatusRequest, host: Host): Promise<number> {
  if (!request.watch) return printStatus(request, host);
  return untilInterrupted(host, async ({ stopped, pause }) => {
    for (;;) {
      const code = await printStatus(request, host);
      await pause(WATCH_MS);
      if (stopped.aborted) return code;
    }
  });
}

async function printStatus({ target, json }: StatusRequest, host: Host): Promise<number> {
  const status = await onSystem(target, (system) => statusOf(system, target));
  const text = json ? `${JSON.stringify(status)}\n` : readableStatus(status, nameOf(target), paintFor(host.stdout));
  await print(host.stdout, text);
  return status.healthy ? EXIT_CODES.done : EXIT_CODES.unexpected;
}

/** Told by what runs, and by what it stores; local and deployed have the same names for the same. */
function statusOf(system: System, target: Target): Promise<SystemStatus> {
  const readRun = target.kind === 'local run' ? () => localStatus(target.data) : () => ofStack(target.stack, system);
  return readStatus(system, { readRun, now: Date.now() });
}

async function ofStack(stack: string, system: System): Promise<RunStatus> {
  const { deployedStatus } = await import('./deployed/deployed-status.ts');
  return deployedStatus(stack, system, { now: Date.now() });
}

async function localStatus(data: string): Promise<RunStatus> {
  const run = await readRunFile(data);
  if (run?.endpoints.lambda === undefined) throw nothingRunsOn(data);
  try {
    const [status, api] = await Promise.all([
      askForStatus(run.endpoints.lambda),
      run.endpoints.http === undefined ? [] : checkLocalApi(run.endpoints.http),
    ]);
    return { ...status, components: [...status.components, api].flat() };
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

function nameOf(target: Target): string {
  return target.kind === 'local run' ? `the local run on ${target.data}` : `the stack ${target.stack}`;
}
