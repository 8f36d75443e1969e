import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';

/** Where the functions' code can come from, beside the packages that the lock file pins; a test holds them to it. */
const SOURCES = ['functions', 'lib/adapters', 'lib/core', 'package-lock.json'];

const OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': './lib/adapters/lambda-credentials.ts' },
  minify: true,
  // Errors are told apart by the names of their classes.
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  // What is wrong is in the error that it throws.
  logLevel: 'silent',
} as const satisfies BuildOptions;

/**
 * Bundles every functions/NAME/handler.ts into a folder NAME with index.mjs, and gives the folder that holds these. One
 * esbuild call for all takes less than starting esbuild once for each, and none is needed while no source has changed.
 */
export function bundleFunctions(root: string): string {
  const bundles = path.join(root, 'node_modules/.cache/flagstone');
  const folder = path.join(bundles, fingerprint(root));
  if (existsSync(folder)) return folder;
  // Built aside, so that what is there is whole; at the same depth, for the paths in the source maps.
  const draft = `${folder}.${process.pid}`;
  buildSync({ ...bundlingOf(root), outdir: draft });
  removeOthers(bundles, draft);
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another process was faster.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** How the functions are bundled. */
export function bundlingOf(root: string) {
  return { ...OPTIONS, absWorkingDir: root, entryPoints: handlersIn(root) };
}

function handlersIn(root: string): Record<string, string> {
  const names = readdirSync(path.join(root, 'functions'));
  const handlers = names.map((name) => [`${name}/index`, `functions/${name}/handler.ts`] as const);
  return Object.fromEntries(handlers.filter(([, handler]) => existsSync(path.join(root, handler))));
}

function fingerprint(root: string): string {
  const hash = createHash('sha256').update(JSON.stringify(OPTIONS));
  for (const file of SOURCES.flatMap((source) => filesIn(root, source))) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(root: string, source: string): string[] {
  if (!statSync(path.join(root, source)).isDirectory()) return [source];
  const entries = readdirSync(path.join(root, source), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))).toSorted();
}

function removeOthers(bundles: string, draft: string): void {
  const current = path.basename(draft).split('.')[0] ?? '';
  for (const name of readdirSync(bundles)) {
    if (!name.startsWith(current)) rmSync(path.join(bundles, name), { recursive: true, force: true });
  }
}
