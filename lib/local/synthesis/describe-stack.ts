import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Template } from '../deploy/template.ts';
import { readIfThere, writeDurably } from '../durable-file.ts';
import type { DescribedStack } from '../local-run.ts';
import { findRoot } from './find-root.ts';

/** What the template and the bundles are made from. */
const SOURCES = [
  'cdk.json',
  'package-lock.json',
  'functions',
  'lib/adapters',
  'lib/constructs',
  'lib/core',
  'lib/stack',
];
const STACK = 'lib/flagstone-stack.ts';

/** Settings that replace those in cdk.json. */
export type StackSettings = Readonly<Record<string, unknown>>;

interface StoredDescription {
  readonly fingerprint: string;
  readonly template: Template;
  readonly assets: readonly (readonly [string, string])[];
}

/**
 * The stack as `cdk synth` describes it; from the folder, where an earlier start has left it and nothing has changed since.
 * @throws NoSources
 */
export async function describeStack(folder: string, settings: StackSettings = {}): Promise<DescribedStack> {
  const root = findRoot();
  const file = path.join(folder, 'described.json');
  const fingerprint = await fingerprintOf(root, settings);
  const stored = JSON.parse((await readIfThere(file)) ?? 'null') as StoredDescription | null;
  if (stored?.fingerprint === fingerprint && stored.assets.every(([, bundle]) => existsSync(bundle))) {
    return { template: stored.template, assets: new Map(stored.assets) };
  }
  await rm(folder, { recursive: true, force: true });
  const { template, assets } = await synthesiseInto(path.join(folder, 'assembly'), settings);
  const description: StoredDescription = { fingerprint, template, assets: [...assets] };
  await writeDurably(file, JSON.stringify(description));
  return { template, assets };
}

/** Loaded only where it is needed: the CDK is large. */
async function synthesiseInto(outdir: string, settings: StackSettings): Promise<DescribedStack> {
  const { synthesise } = await import('../../stack/synthesise.ts');
  return synthesise({ outdir, settings });
}

async function fingerprintOf(root: string, settings: StackSettings): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const file of [STACK, ...(await Promise.all(SOURCES.map((source) => filesIn(root, source)))).flat()]) {
    const content = await readFile(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  // Of the built command line, which the stack's code is part of.
  const { mtimeMs, size } = await stat(fileURLToPath(import.meta.url));
  return hash.update(`${mtimeMs} ${size}`).digest('hex');
}

async function filesIn(root: string, source: string): Promise<string[]> {
  if ((await stat(path.join(root, source))).isFile()) return [source];
  const entries = await readdir(path.join(root, source), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))).toSorted();
}
