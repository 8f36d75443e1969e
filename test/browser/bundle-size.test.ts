import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const ASSETS = path.resolve(import.meta.dirname, '../../dist/dashboard/assets');

test('all of the JavaScript is below 60 KB, gzipped', () => {
  const sizes = readdirSync(ASSETS)
    .filter((name) => /\.(?:js|css)$/.test(name))
    .map((name) => [name, gzipSync(readFileSync(path.join(ASSETS, name)), { level: 9 }).length] as const);
  console.info(sizes.map(([name, size]) => `${name.padEnd(32)} ${size} bytes, gzipped`).join('\n'));
  const scripts = sizes.filter(([name]) => name.endsWith('.js')).map(([, size]) => size);
  expect(scripts.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
});
