import { GetEventSourceMappingCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { mappingComponent, nameOfMapping, type Component, type RunStatus } from '../../../local/status.ts';
import { bad, checked, type Finding } from '../check.ts';
import type { KnownFunction } from './check-functions.ts';
import type { RecentMetrics } from './recent-metrics.ts';

interface CheckedMappings {
  readonly components: readonly Component[];
  readonly lag: RunStatus['lag'];
}

/** How the mappings of the stream are, and how far behind it. */
export async function checkMappings(
  ids: readonly string[],
  {
    lambda,
    metrics,
    functions,
  }: { readonly lambda: LambdaClient; readonly metrics: RecentMetrics; readonly functions: readonly KnownFunction[] },
): Promise<CheckedMappings> {
  const lag: Record<string, { milliseconds: number }> = {};
  const components = await Promise.all(
    ids.map(async (id) => {
      let name = nameOfMapping(id);
      const component = await checked(name, async () => {
        const mapping = await lambda.send(new GetEventSourceMappingCommand({ UUID: id }));
        const target = functions.find((known) => mapping.FunctionArn?.split(':').includes(known.id));
        if (target !== undefined) name = nameOfMapping(target.name);
        const { State: state = 'unknown', LastProcessingResult: result = 'OK' } = mapping;
        const wrong = troubleIn(state, result);
        if (wrong !== undefined) return wrong;
        const milliseconds = target === undefined ? 0 : await metrics.ageAt(target.id);
        lag[target?.name ?? id] = { milliseconds };
        return mappingComponent(target?.name ?? id, milliseconds);
      });
      return { ...component, name };
    }),
  );
  return { components, lag };
}

const AT_WORK: ReadonlySet<string> = new Set(['Enabled', 'Enabling', 'Updating']);

function troubleIn(state: string, result: string): Finding | undefined {
  if (!AT_WORK.has(state)) return bad(`it is ${state}: nothing of the stream is judged`);
  return result.startsWith('PROBLEM') ? bad(result) : undefined;
}
