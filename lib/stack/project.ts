import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The context in cdk.json: the flags that CDK's behaviour depends on, and our settings under `flagstone`. */
export type Context = Readonly<Record<string, unknown>>;

/** The nearest folder above with a cdk.json: this file is found in lib/ or, bundled, in dist/. */
export function projectRoot(from = import.meta.dirname): string {
  if (existsSync(path.join(from, 'cdk.json'))) return from;
  const parent = path.dirname(from);
  if (parent === from) throw new Error(`there is no cdk.json above ${import.meta.dirname}`);
  return projectRoot(parent);
}

export function readContext(root: string): Context {
  const { context } = JSON.parse(readFileSync(path.join(root, 'cdk.json'), 'utf8')) as { context: Context };
  return context;
}

/** Where `npm run build:dashboard` puts the dashboard's files. */
export function builtDashboard(root: string): string {
  return path.join(root, 'dist/dashboard');
}
