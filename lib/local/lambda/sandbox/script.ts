const SOURCE = '.ts';

/** The program of a sandbox's thread: from the built command line, or made from its source where that is what runs. */
export async function sandboxScript(): Promise<URL> {
  if (!import.meta.url.endsWith(SOURCE)) return new URL('./sandbox.js', import.meta.url);
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [new URL('./main.ts', import.meta.url).pathname],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  return new URL(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`);
}
