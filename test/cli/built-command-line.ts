import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');

export interface BuiltCommandLine {
  readonly program: string;
  readonly remove: () => void;
}

/** Builds the command line as `npm run build:cli` does, into a folder of its own: it starts faster than from its sources. */
export function buildCommandLine(): BuiltCommandLine {
  const cache = path.join(ROOT, 'node_modules/.cache/flagstone-tests');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'dist-'));
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [command = '', ...args] = (scripts['build:cli']?.split('&& ').at(-1) ?? '').split(' ');
  const toFolder = args.map((argument) => (argument === '--outdir=dist' ? `--outdir=${folder}` : argument));
  execFileSync(path.join(ROOT, 'node_modules/.bin', command), toFolder, { cwd: ROOT, stdio: 'inherit' });
  return { program: path.join(folder, 'flagstone.js'), remove: () => rmSync(folder, { recursive: true }) };
}
