import { Instrumenter } from '@stryker-mutator/instrumenter';
import type { Mutant } from '@stryker-mutator/api/core';
import { main as compile } from 'assemblyscript/asc';
import { fork, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineVerdict } from './test-engine.ts';

/**
 * npm run mutate:engine -- [FILE.ts ...]: mutates the parts of the engine that decide verdicts. Stryker makes the mutants; as it
 * cannot switch them on in WebAssembly, each is compiled by itself, and the tests of the network detector run on it.
 */

const ROOT = join(import.meta.dirname, '../..');
const ASSEMBLY = 'lib/core/wasm/assembly';
const DECIDING = [
  'rule.ts',
  'select.ts',
  'latest-purchases.ts',
  'usual-amounts.ts',
  'recent-buyers.ts',
  'glances.ts',
  'windows.ts',
  'purchase.ts',
  'purchase-list.ts',
];
/** The tests of a sound engine take a fraction of it. */
const LONGEST_MS = 120_000;
const NO_OPTIONS = { plugins: null, excludedMutations: [], ignorers: [], noHeader: true };

type Fate = 'killed' | 'survived' | 'timed out' | 'does not compile';

const silent = (): void => undefined;
const logger = Object.assign(
  { isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false },
  { isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false },
  { trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent },
);

const { positionals } = parseArgs({ allowPositionals: true });
let tester: ChildProcess | undefined;
let survivors = 0;
for (const name of positionals.length > 0 ? positionals : DECIDING) await mutateFile(name);
tester?.kill();
process.exitCode = Math.min(survivors, 1);

async function mutateFile(name: string): Promise<void> {
  const source = await readFile(join(ROOT, ASSEMBLY, name), 'utf8');
  // Babel knows no decorators on what is exported.
  const content = source.replaceAll('@unmanaged', '          ');
  const { mutants } = await new Instrumenter(logger).instrument([{ name, content, mutate: true }], NO_OPTIONS);
  const counts: Record<Fate, number> = { killed: 0, survived: 0, 'timed out': 0, 'does not compile': 0 };
  for (const mutant of mutants) {
    const fate = await fateOf(name, mutated(source, mutant));
    counts[fate]++;
    if (fate === 'survived') console.log(`${name}:${mutant.location.start.line + 1}: ${change(source, mutant)}`);
  }
  survivors += counts.survived;
  const tried = mutants.length - counts['does not compile'];
  const share = (100 * (tried - counts.survived)) / tried;
  console.log(`${name}: ${tried} mutants, ${share.toFixed(1)} % killed`, counts);
}

async function fateOf(name: string, content: string): Promise<Fate> {
  const binary = await compiled(name, content);
  return binary === undefined ? 'does not compile' : testOn(binary);
}

/** The engine with this content of a file, as npm run build:engine makes it; undefined if it cannot be compiled. */
async function compiled(name: string, content: string): Promise<Uint8Array | undefined> {
  let binary: Uint8Array | undefined;
  const options = ['-O1', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--outFile', 'engine.wasm'];
  const { error } = await compile([`${ASSEMBLY}/engine.ts`, ...options], {
    stderr: { write: () => undefined },
    readFile: async (path) => {
      if (path === `${ASSEMBLY}/${name}`) return content;
      return readFile(join(ROOT, path), 'utf8').catch(() => null);
    },
    writeFile: (path, contents) => {
      if (path === 'engine.wasm' && typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  return error === null ? binary : undefined;
}

/** In a process of its own, which a mutant that never ends takes with it. */
async function testOn(binary: Uint8Array): Promise<Fate> {
  tester ??= fork(join(import.meta.dirname, 'test-engine.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const current = tester;
  return new Promise((resolve) => {
    const settle = (fate: Fate, isOver: boolean): void => {
      clearTimeout(timer);
      current.removeAllListeners();
      if (isOver) {
        current.kill('SIGKILL');
        tester = undefined;
      }
      resolve(fate);
    };
    const timer = setTimeout(() => settle('timed out', true), LONGEST_MS);
    current.once('exit', () => settle('killed', true));
    current.once('message', (verdict: EngineVerdict) => settle(verdict, false));
    current.send(Buffer.from(binary).toString('base64'));
  });
}

function mutated(source: string, { location: { start, end }, replacement }: Mutant): string {
  const place = ({ line, column }: Mutant['location']['start']): number =>
    source
      .split('\n')
      .slice(0, line)
      .reduce((sum, text) => sum + text.length + 1, column);
  return source.slice(0, place(start)) + replacement + source.slice(place(end));
}

function change(source: string, mutant: Mutant): string {
  const { start, end } = mutant.location;
  const original = source
    .split('\n')
    .slice(start.line, end.line + 1)
    .join(' ')
    .trim();
  return `${original}  =>  ${mutant.replacement}`;
}
