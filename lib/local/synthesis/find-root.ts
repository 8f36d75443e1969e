import { existsSync } from 'node:fs';
import path from 'node:path';

/** The command line is not in a checkout of the project. */
class NoSources extends Error {
  override readonly name = 'NoSources';
}

const PARTS = ['lib/flagstone-stack.ts', 'cdk.json', 'functions'];

/** The checkout that this file is in, from its source or, bundled, from dist/. @throws NoSources */
export function findRoot(from = import.meta.dirname): string {
  if (PARTS.every((part) => existsSync(path.join(from, part)))) return from;
  const parent = path.dirname(from);
  if (parent !== from) return findRoot(parent);
  throw new NoSources('this runs from the sources: use it in a checkout of the Flagstone repository, after npm ci');
}
