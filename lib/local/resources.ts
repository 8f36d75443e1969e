import { CannotDeploy } from './deploy/template.ts';
import type { Resources } from './run-file.ts';

const NAMED = [
  'inputBucket',
  'outputBucket',
  'journalBucket',
  'stateTable',
  'transactionTable',
  'profileTable',
  'trainFunction',
  'eraseFunction',
  'stream',
] as const satisfies readonly (keyof Resources)[];

/** The names of the resources, as the outputs of the stack tell them: InputBucket is `inputBucket`. */
export function resourcesOf(outputs: Readonly<Record<string, string>>): Resources {
  const named = Object.entries(outputs).map(([name, value]) => [`${name[0]?.toLowerCase()}${name.slice(1)}`, value]);
  const resources = Object.fromEntries(named) as Record<string, string>;
  const missing = NAMED.filter((name) => resources[name] === undefined);
  if (missing.length > 0) throw new CannotDeploy(`the template has no output for ${missing.join(', ')}`);
  return Object.fromEntries(NAMED.map((name) => [name, resources[name]])) as unknown as Resources;
}
