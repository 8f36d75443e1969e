import path from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';

/** Where the SDK has a command's class: each in a file of its own, which is in a bundle only if something refers to it. */
const COMMAND = /@aws-sdk\/client-([\w-]+)\/dist-es\/commands\/(\w+)Command\.js$/;
const CLIENT = /@aws-sdk\/client-([\w-]+)\//;

/**
 * The commands of the SDK whose classes are in each bundle, such as `dynamodb:GetItem`, by the name of the function: nothing
 * else can be sent.
 */
export async function commandsInBundles(options: BuildOptions): Promise<ReadonlyMap<string, readonly string[]>> {
  const { metafile } = await build({ ...options, metafile: true, write: false, sourcemap: false, outdir: 'bundles' });
  return new Map(
    Object.entries(metafile.outputs).map(([file, output]) => [path.basename(path.dirname(file)), commandsOf(output)]),
  );
}

function commandsOf({ inputs }: Metafile['outputs'][string]): string[] {
  const files = Object.keys(inputs).filter((file) => (inputs[file]?.bytesInOutput ?? 0) > 0);
  const commands = files.flatMap((file) => {
    const [, client, command] = COMMAND.exec(file) ?? [];
    return command === undefined ? [] : [`${client}:${command}`];
  });
  const clients = new Set(files.flatMap((file) => CLIENT.exec(file)?.[1] ?? []));
  for (const client of clients) {
    if (commands.some((command) => command.startsWith(`${client}:`))) continue;
    throw new Error(`no command of @aws-sdk/client-${client} was found in a bundle that holds it: has it been moved?`);
  }
  return commands.toSorted();
}
