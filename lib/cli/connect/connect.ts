import type { System } from './system.ts';
import type { Target } from './target.ts';
import { explained } from './explain-failure.ts';

/** Finds the system and works on it. What AWS, or its stand-in, refuses comes out as one line that says what to do. */
export async function onSystem<Result>(target: Target, work: (system: System) => Promise<Result>): Promise<Result> {
  try {
    return await work(await findSystem(target));
  } catch (error) {
    throw explained(error, target);
  }
}

async function findSystem(target: Target): Promise<System> {
  if (target.kind === 'local run') return (await import('./local-system.ts')).findLocalSystem(target.data);
  return (await import('./deployed-system.ts')).findDeployedSystem(target.stack);
}
