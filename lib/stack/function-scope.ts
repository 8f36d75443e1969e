import path from 'node:path';
import type { Construct } from 'constructs';
import type { FlagstoneFunctionProps, FunctionSetting } from '../constructs/flagstone-function.ts';
import { environmentOf } from './environment.ts';
import { removalOf, type Resources } from './resources.ts';
import type { Settings } from './settings.ts';

/** What is needed to add a function to the stack. */
export interface FunctionScope {
  readonly scope: Construct;
  readonly settings: Settings;
  readonly resources: Resources;
  /** What a function has in common with the others, and its bundle. */
  readonly common: (name: string) => FunctionSetting & Pick<FlagstoneFunctionProps, 'name' | 'folder'>;
}

export function functionScope(
  scope: Construct,
  bundles: string,
  { settings, resources }: Pick<FunctionScope, 'settings' | 'resources'>,
): FunctionScope {
  const setting: FunctionSetting = {
    environment: environmentOf(settings, resources),
    logRetention: settings.logRetentionDays,
    removal: removalOf(settings),
    failures: resources.journal,
    key: resources.key,
  };
  return { scope, settings, resources, common: (name) => ({ ...setting, name, folder: path.join(bundles, name) }) };
}
