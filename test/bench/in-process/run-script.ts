import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compile } from '../processes/compile.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

/** Runs a script of this part of the bench in a fresh process, bundled as the program is, and gives back what it prints. */
export function runScript(name: string, parameters: readonly string[] = []): Promise<string> {
  return withTemporaryFolder(async (folder) => {
    const bundle = await compile(join(import.meta.dirname, '..', name), folder);
    const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--max-old-space-size=12000', bundle, ...parameters],
      { env },
    );
    return stdout.trimEnd();
  });
}
