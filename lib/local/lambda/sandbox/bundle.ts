import { existsSync } from 'node:fs';
import path from 'node:path';
import type { FunctionDefinition } from '../../deploy/definitions.ts';

export interface Bundle {
  readonly bundle: string;
  readonly handlerName: string;
}

/** Where the code of `index.handler` is: `index.mjs` or `index.js`, and its export `handler`. */
export function bundleOf({ name, folder, handler }: Pick<FunctionDefinition, 'name' | 'folder' | 'handler'>): Bundle {
  const dot = handler.lastIndexOf('.');
  const candidates = ['.mjs', '.js', '.cjs'].map((ending) => path.join(folder, `${handler.slice(0, dot)}${ending}`));
  const bundle = candidates.find((candidate) => existsSync(candidate));
  if (bundle !== undefined) return { bundle, handlerName: handler.slice(dot + 1) };
  throw new Error(`the code of ${name} is missing: there is no ${candidates.join(' nor ')}`);
}
