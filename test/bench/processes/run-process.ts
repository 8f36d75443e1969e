import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { compile } from './compile.ts';

export interface Program {
  readonly script: string;
  readonly parameters: readonly string[];
  /** For its standard input. */
  readonly input?: Iterable<string>;
}

export interface ProcessUsage {
  readonly wallMs: number;
  /** User and system time of all threads. */
  readonly cpuMs: number;
  readonly peakBytes: number;
}

/** Runs programs in fresh Node processes, and reads from the operating system what they used. */
export class ProcessRunner {
  /** Required, since importing it would start up the loader of modules a second time. */
  readonly #preload: string;
  readonly #usageFile: string;

  private constructor(preload: string, folder: string) {
    this.#preload = preload;
    this.#usageFile = join(folder, 'usage.txt');
  }

  /** Keeps its own files in the folder. */
  static async in(folder: string): Promise<ProcessRunner> {
    return new ProcessRunner(await compile(join(import.meta.dirname, 'record-usage.ts'), folder, 'cjs'), folder);
  }

  async run(program: Program): Promise<ProcessUsage> {
    const start = performance.now();
    const [status] = await this.#finish(program);
    const wallMs = performance.now() - start;
    if (status !== 0) throw new Error(`${program.script} ${program.parameters.join(' ')} ended with ${status}`);
    const [cpuMs = NaN, peakBytes = NaN] = (await readFile(this.#usageFile, 'utf8')).split(' ').map(Number);
    return { wallMs, cpuMs, peakBytes };
  }

  #finish({ script, parameters, input }: Program): Promise<[number | string, void]> {
    const child = spawn(process.execPath, ['--require', this.#preload, script, ...parameters], {
      stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'inherit'],
      env: { ...process.env, BENCH_USAGE_FILE: this.#usageFile },
    });
    return Promise.all([exitStatus(child), feed(child, input ?? [])]);
  }
}

function exitStatus(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'no status'));
  });
}

async function feed(child: ChildProcess, input: Iterable<string>): Promise<void> {
  if (child.stdin !== null) await pipeline(Readable.from(input), child.stdin);
}
