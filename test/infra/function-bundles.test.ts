import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bundleFunctions } from '../../lib/stack/function-bundles.ts';

let root: string;

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'flagstone-bundle-'));
  write('package-lock.json', '{}');
  write('lib/core/double.ts', 'export class Doubled { twice(n: number): number { return 2 * n; } }');
  write('lib/adapters/empty.ts', '');
  write(
    'functions/one/handler.ts',
    "import { Doubled } from '../../lib/core/double.ts';\nexport const handler = () => new Doubled();",
  );
  write('functions/two/handler.ts', 'export const handler = () => 2;');
  write('functions/three/three.ts', '');
});

afterEach(() => rmSync(root, { recursive: true }));

describe('the bundles of the functions', () => {
  test('are one folder for each function that has a handler', () => {
    const folder = bundleFunctions(root);
    expect(readdirSync(folder).toSorted()).toEqual(['one', 'two']);
    expect(readdirSync(path.join(folder, 'one')).toSorted()).toEqual(['index.mjs', 'index.mjs.map']);
  });

  test('keep the names of classes, and tell where the source of a line is, but not the source', () => {
    const one = path.join(bundleFunctions(root), 'one');
    expect(readFileSync(path.join(one, 'index.mjs'), 'utf8')).toContain('"Doubled"');
    const map = JSON.parse(readFileSync(path.join(one, 'index.mjs.map'), 'utf8'));
    expect(map.sources.some((source: string) => source.endsWith('/lib/core/double.ts'))).toBe(true);
    expect(map).not.toHaveProperty('sourcesContent');
  });

  test('are reused while nothing has changed', () => {
    const folder = bundleFunctions(root);
    const { ino } = statSync(path.join(folder, 'one/index.mjs'));
    expect(bundleFunctions(root)).toBe(folder);
    expect(statSync(path.join(folder, 'one/index.mjs')).ino).toBe(ino);
  });

  test.each(['functions/two/handler.ts', 'functions/three/three.ts', 'lib/core/double.ts', 'package-lock.json'])(
    'are made anew when %s has changed, and the old ones are removed',
    (file) => {
      const old = bundleFunctions(root);
      write(file, `${readFileSync(path.join(root, file), 'utf8')}\n`);
      const folder = bundleFunctions(root);
      expect(folder).not.toBe(old);
      expect(readdirSync(path.dirname(folder))).toEqual([path.basename(folder)]);
    },
  );

  test('are not there at all if one of them cannot be built', () => {
    write('functions/two/handler.ts', "import './nowhere.ts';");
    expect(() => bundleFunctions(root)).toThrow('nowhere.ts');
    expect(() => bundleFunctions(root)).toThrow('nowhere.ts');
  });
});
