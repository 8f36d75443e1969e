import { build, type BuildOptions } from 'esbuild';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { blocksOf, ROOT } from './readme-text.ts';

/** The programs of the README: each is checked by the compiler; those that need no system are run on the samples. */

const CACHE = path.join(ROOT, 'node_modules/.cache/flagstone-tests');
mkdirSync(CACHE, { recursive: true });
const folder = mkdtempSync(path.join(CACHE, 'readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The sources in the place of the package, which need not be built then. */
const SOURCES = { 'flagstone/core': 'lib/core/index.ts', 'flagstone/client': 'lib/client/index.ts' } as const;

const EXAMPLES = blocksOf('ts').map((text, place) => {
  const onSources = Object.entries(SOURCES).reduce(
    (all, [name, source]) => all.replaceAll(`'${name}'`, `'${path.join(ROOT, source)}'`),
    text,
  );
  const file = path.join(folder, `example-${place + 1}.ts`);
  writeFileSync(file, `${onSources}\nexport {};\n`);
  return { file, text };
});

test('each is as the compiler wants it', { timeout: 120_000 }, () => {
  writeFileSync(path.join(folder, 'lines.d.ts'), 'declare const lines: string[];\n');
  const compilerOptions = { noEmit: true, types: ['node'], typeRoots: [path.join(ROOT, 'node_modules/@types')] };
  const config = { extends: path.join(ROOT, 'tsconfig.json'), compilerOptions, include: ['*.ts'] };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiled = spawnSync(path.join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
  expect(compiled.stdout).toBe('');
});

const BUNDLED = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  mainFields: ['module', 'main'],
} satisfies BuildOptions;

/** What the examples that need nothing but lines of a log print. */
const RUNS: readonly (readonly [imports: string, sample: () => readonly string[], printed: RegExp])[] = [
  ['NetworkDetector', () => blocksOf('json').slice(0, 2).join('').split('\n').slice(1, -1), / 29\.10 21\.46 /],
  [
    'trainModel',
    () => readFileSync(path.join(ROOT, 'events/transactions.json'), 'utf8').trimEnd().split('\n'),
    /"transaction_id":.* (?:low|medium|high) \S/,
  ],
];

describe('run on the samples', () => {
  test.each(RUNS)('that with %s says what it finds', { timeout: 60_000 }, async (name, sample, printed) => {
    const example = EXAMPLES.find(({ text }) => text.includes(name));
    if (example === undefined) throw new Error(`no example uses ${name}`);
    const outfile = example.file.replace('.ts', '.mjs');
    const banner = { js: `const lines = ${JSON.stringify(sample())};` };
    await build({ entryPoints: [example.file], outfile, banner, ...BUNDLED });
    expect(execFileSync(process.execPath, [outfile], { encoding: 'utf8' })).toMatch(printed);
  });
});
