import { build } from 'esbuild';
import { basename, join } from 'node:path';

const REQUIRE = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

/** Bundles a script, as the program itself is bundled, so that both start alike. Gives the bundle's path. */
export async function compile(script: string, folder: string, format: 'esm' | 'cjs' = 'esm'): Promise<string> {
  const outfile = join(folder, `${basename(script, '.ts')}.${format === 'esm' ? 'mjs' : 'cjs'}`);
  await build({
    entryPoints: [script],
    outfile,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    format,
    target: 'node20',
    // Parts of the AWS SDK call require.
    ...(format === 'esm' && { banner: { js: REQUIRE } }),
    logLevel: 'warning',
  });
  return outfile;
}
