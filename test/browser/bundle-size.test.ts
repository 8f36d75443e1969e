import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const ASSETS = path.resolve(import.meta.dirname, '../../dist/dashboard/assets');

test('all of the JavaScript is below 61 KB, gzipped, and 7 KB more where there is sign-in', () => {
  const sizes = readdirSync(ASSETS)
    .filter((name) => /\.(?:js|css)$/.test(name))
    .map((name) => [name, gzipSync(readFileSync(path.join(ASSETS, name)), { level: 9 }).length] as const);
  console.info(sizes.map(([name, size]) => `${name.padEnd(32)} ${size} bytes, gzipped`).join('\n'));
  const scripts = sizes.filter(([name]) => name.endsWith('.js'));
  const sizeOf = (chosen: typeof scripts) => chosen.reduce((sum, [, size]) => sum + size, 0);
  const signingIn = scripts.filter(([name]) => name.startsWith('protocol-'));
  expect(signingIn).toHaveLength(1);
  expect(sizeOf(signingIn)).toBeLessThan(7_000);
  expect(sizeOf(scripts) - sizeOf(signingIn)).toBeLessThan(61_000);
});
