import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Component } from '../../../local/status.ts';
import { counted } from '../../terminal/numbers.ts';
import { bad, checked, good, type Finding } from '../check.ts';
import { LOOKED_BACK_MINUTES, type RecentMetrics } from './recent-metrics.ts';

export interface KnownFunction {
  /** As logs and metrics call it. */
  readonly name: string;
  /** As AWS calls it. */
  readonly id: string;
  readonly component: Component;
}

/** How each function is: what Lambda says of it, and whether calls of it have failed of late. */
export function checkFunctions(
  ids: readonly string[],
  { lambda, metrics }: { readonly lambda: LambdaClient; readonly metrics: RecentMetrics },
): Promise<KnownFunction[]> {
  return Promise.all(
    ids.map(async (id) => {
      let name = id;
      const component = await checked(name, async () => {
        const configuration = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: id }));
        name = configuration.Environment?.Variables?.['POWERTOOLS_SERVICE_NAME'] ?? id;
        const { State: state = 'Active', LastUpdateStatus: update = 'Successful' } = configuration;
        return stateOf({ state, update }) ?? callsOf(await metrics.errorsOf(id));
      });
      return { name, id, component: { ...component, name } };
    }),
  );
}

/** Undefined where nothing is wrong; one that has not been called for long is inactive until it is. */
function stateOf({ state, update }: { readonly state: string; readonly update: string }): Finding | undefined {
  if (state !== 'Active' && state !== 'Inactive') return bad(`Lambda says that it is ${state}`);
  return update === 'Failed' ? bad('its last deployment failed') : undefined;
}

function callsOf(errors: number): Finding {
  if (errors === 0) return good(`no call failed in ${LOOKED_BACK_MINUTES} minutes`);
  return bad(`${counted(errors, 'call')} failed in ${LOOKED_BACK_MINUTES} minutes`);
}
