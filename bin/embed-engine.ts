import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Puts the compiled engine into a module that any bundler and runner can load: of the same sources the same bytes. */

const ROOT = join(import.meta.dirname, '..');
const COMPILED = join(ROOT, 'dist/engine.wasm');
const MODULE = join(ROOT, 'lib/core/wasm/engine-binary.ts');

const text = (await readFile(COMPILED)).toString('base64');
await writeFile(MODULE, `/** Made by npm run build:engine. */\nexport const ENGINE_BINARY =\n  '${text}';\n`);
await rm(COMPILED);
