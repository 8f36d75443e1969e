import { readTarget, type Target } from '../connect/target.ts';
import type { OptionValues } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { DASHBOARD_OPTIONS } from './options.ts';

export interface DashboardRequest {
  readonly target: Target;
  /** 0: any free one; undefined: the usual one. */
  readonly port: number | undefined;
}

const HIGHEST_PORT = 65_535;

export function readRequest({ port, ...target }: OptionValues<typeof DASHBOARD_OPTIONS>): DashboardRequest {
  if (port === undefined) return { target: readTarget(target), port };
  if (!/^\d{1,5}$/.test(port) || Number(port) > HIGHEST_PORT) {
    throw new UsageError(`--port must be an integer from 0 to ${HIGHEST_PORT} (given ${JSON.stringify(port)})`);
  }
  return { target: readTarget(target), port: Number(port) };
}
