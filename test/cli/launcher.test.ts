import { transform } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import description from '../../package.json' with { type: 'json' };
import { temporaryFolder } from './temporary-folder.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LAUNCHER = path.join(ROOT, 'bin/flagstone.cjs');
const text = await readFile(LAUNCHER, 'utf8');

interface Launch {
  readonly required: readonly string[];
  readonly said: string;
  readonly code: number | undefined;
}

/** What the launcher does in a version of Node. */
function launchIn(version: string): Launch {
  const required: string[] = [];
  let said = '';
  let code: number | undefined;
  const process = {
    versions: { node: version },
    stderr: { write: (line: string) => (said += line) },
    exit: (given: number) => (code = given),
  };
  const require = (name: string): object => {
    required.push(name);
    return description;
  };
  // The text of a file of ours, run as Node runs it: as the body of a function.
  // oxlint-disable-next-line typescript/no-implied-eval
  const launch = new Function('process', 'require', text.replace(/^#!.*/, '')) as (...around: unknown[]) => void;
  launch(process, require);
  return { required, said, code };
}

describe('the launcher', () => {
  test('is of words that the oldest versions of Node know', async () => {
    const plain = await transform(text, { target: 'esnext' });
    // Whatever is newer comes out otherwise, or is refused.
    expect((await transform(text, { target: 'es5' })).code).toBe(plain.code);
    expect(text).not.toMatch(/,\s*\)/);
  });

  test.each(['0.10.48', '8.17.0', '18.20.8', '20.18.3'])(
    'says in Node %s that it is too old, and ends with 2',
    (version) => {
      expect(launchIn(version)).toEqual({
        required: ['../package.json'],
        said: `flagstone: this needs Node 20.19 or later (this is ${version}); install it from https://nodejs.org/, or with: nvm install 24\n`,
        code: 2,
      });
    },
  );

  test.each(['20.19.0', '20.20.2', '22.0.0', '100.0.0'])('goes on in Node %s', (version) => {
    expect(launchIn(version)).toEqual({ required: ['../package.json', './load.cjs'], said: '', code: undefined });
  });

  test('says how to build what is not built yet', async () => {
    const { folder } = await temporaryFolder();
    await mkdir(path.join(folder, 'bin'));
    for (const file of ['package.json', 'bin/flagstone.cjs', 'bin/load.cjs']) {
      await copyFile(path.join(ROOT, file), path.join(folder, file));
    }
    const launched = spawnSync(process.execPath, [path.join(folder, 'bin/flagstone.cjs'), 'status'], {
      encoding: 'utf8',
    });
    expect(launched).toMatchObject({ status: 2, stdout: '', stderr: 'flagstone: it is not built yet; run: npm ci\n' });
  });
});
