import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Which layers a layer may import from, beside itself. A file belongs to the layer with the longest matching path. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  'lib/core': [],
  'lib/adapters': ['lib/core'],
  functions: ['lib/adapters', 'lib/core'],
  'lib/constructs': [],
  'lib/local': ['lib/adapters', 'lib/core'],
  // The local run is given the stack; only this folder knows where it comes from.
  'lib/local/synthesis': ['lib', 'lib/local'],
  'lib/client': [],
  // Types and paths alone: schemas would weigh more than the pages.
  'lib/dashboard': ['lib/core'],
  'lib/cli': ['lib/local', 'lib/local/synthesis', 'lib/client', 'lib/adapters', 'lib/core'],
  lib: ['lib/constructs', 'lib/core'],
  bin: ['lib/cli', 'lib'],
};

/** What the package exports; inside, the files are imported. */
const PUBLIC_ENTRIES = new Set(['lib/core/index.ts', 'lib/client/index.ts']);

/** Pure libraries: no clock, no environment, no network, no randomness. */
const PURE_LIBRARIES = new Set(['fastest-levenshtein', 'jsonc-parser', 'zod/mini']);
const IMPURE = /\b(process\.|Date\.now|new Date\(\)|Math\.random|performance\.|setTimeout|setInterval|fetch\()/;

interface SourceFile {
  readonly file: string;
  readonly source: string;
}

function sourceFilesIn(folder: string): SourceFile[] {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.posix.join(folder, ...name.split(path.sep)))
    .map((file) => ({ file, source: readFileSync(path.join(ROOT, file), 'utf8') }));
}

function layerOf(file: string): string {
  const layers = Object.keys(ARROWS).filter((layer) => file.startsWith(`${layer}/`));
  return layers.toSorted((a, b) => b.length - a.length)[0] ?? '';
}

function importsOf({ source }: SourceFile): string[] {
  return [...source.matchAll(/(?:\bfrom|\bimport\(?)\s*'([^']+)'/g)].map(([, name = '']) => name);
}

function faultsOf(sourceFile: SourceFile): string[] {
  const { file, source } = sourceFile;
  const layer = layerOf(file);
  const faults = importsOf(sourceFile).filter((name) => !mayImport(layer, file, name));
  if (layer === 'lib/core' && IMPURE.test(source)) faults.push(IMPURE.exec(source)?.[0] ?? '');
  return faults.map((fault) => `${file}: ${fault}`);
}

function mayImport(layer: string, file: string, name: string): boolean {
  if (!name.startsWith('.') || name.endsWith('.json')) return layer !== 'lib/core' || PURE_LIBRARIES.has(name);
  const target = path.posix.join(path.posix.dirname(file), name);
  const targetLayer = layerOf(target);
  return !PUBLIC_ENTRIES.has(target) && (targetLayer === layer || (ARROWS[layer] ?? []).includes(targetLayer));
}

describe('the architecture', () => {
  const sourceFiles = ['bin', 'lib', 'functions'].flatMap(sourceFilesIn);

  test('points inwards: no file imports against the arrows, and the core is pure', () => {
    expect(sourceFiles.length).toBeGreaterThan(0);
    expect(sourceFiles.flatMap(faultsOf)).toEqual([]);
  });

  test.each([
    ['the core importing an adapter', 'lib/core/network/x.ts', "import { s } from '../../adapters/s3.ts';"],
    ['the core importing Node', 'lib/core/x.ts', "import { readFileSync } from 'node:fs';"],
    ['the core reading the clock', 'lib/core/x.ts', 'const now = Date.now();'],
    ['an adapter importing a function', 'lib/adapters/x.ts', "import { h } from '../../functions/live/handler.ts';"],
    ['the public entry used inside', 'lib/cli/x.ts', "import { parseEvent } from '../core/index.ts';"],
    ['a lazy import against the arrows', 'lib/core/x.ts', "await import('../cli/commands.ts');"],
  ])('fails for %s', (_, file, source) => {
    expect(faultsOf({ file, source })).toHaveLength(1);
  });

  test.each([
    ['a command importing the core', 'lib/cli/detect/x.ts', "import type { Flag } from '../../core/network/x.ts';"],
    ['the core importing itself', 'lib/core/network/x.ts', "import { reject } from '../events/event.ts';"],
  ])('allows %s', (_, file, source) => {
    expect(faultsOf({ file, source })).toEqual([]);
  });
});
