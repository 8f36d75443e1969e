import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findRoot } from '../../lib/local/synthesis/find-root.ts';

test('the checkout is found from anywhere in it', () => {
  const root = path.join(import.meta.dirname, '../..');
  expect([findRoot(), findRoot(import.meta.dirname), findRoot(root)]).toEqual([root, root, root]);
});

test('elsewhere it is said what is needed', () => {
  expect(() => findRoot(tmpdir())).toThrow(/use it in a checkout of the Flagstone repository, after npm ci/);
});
