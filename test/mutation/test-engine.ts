import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVitest } from 'vitest/node';

/** Runs the tests of the network detector on each engine that is sent to it, and answers whether they noticed anything. */
export type EngineVerdict = 'killed' | 'survived';

const ROOT = join(import.meta.dirname, '../..');
const MODULE = join(ROOT, 'lib/core/wasm/engine-binary.ts');
const TESTS = [
  'limit.property',
  'network-detector.property',
  'cases',
  'large-networks',
  'save-and-restore',
  'friendships',
];

const vitest = await createVitest('test', {
  config: join(ROOT, 'test/mutation/vitest.config.ts'),
  watch: false,
  bail: 1,
  reporters: [{}],
});
const tests = await vitest.globTestSpecifications(TESTS.map((name) => `core/network/${name}`));

process.on('message', (engine: string) => void test(engine));

async function test(engine: string): Promise<void> {
  await writeFile(MODULE, `export const ENGINE_BINARY =\n  '${engine}';\n`);
  vitest.invalidateFile(MODULE);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(tests, true);
  const isSound = unhandledErrors.length === 0 && testModules.every((module) => module.ok());
  process.send?.(isSound ? 'survived' : 'killed');
}
