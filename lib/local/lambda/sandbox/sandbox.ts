import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FunctionDefinition } from '../../deploy/definitions.ts';
import type { FunctionError, Invocation, InvocationResult } from '../invocation.ts';
import { bundleOf } from './bundle.ts';
import type { Call, Reply, SandboxTask } from './protocol.ts';

/** Lambda gives a function 10 seconds to load; a busy laptop may need more. */
const LONGEST_START_MS = 60_000;

export interface SandboxOptions {
  readonly script: URL;
  readonly definition: FunctionDefinition;
  readonly environment: Readonly<Record<string, string>>;
  /** Takes what the function writes, line by line. */
  readonly log: (line: string) => void;
}

/** A function loaded in a thread of its own, which serves one invocation at a time. */
export class Sandbox {
  readonly #worker: Worker;
  readonly #definition: FunctionDefinition;
  readonly #ready: Promise<Reply | Death>;
  readonly #outputEnded: Promise<unknown>;
  #waiting: ((reply: Reply | Death) => void) | undefined;
  #death: Death | undefined;
  #ended = false;

  constructor({ script, definition, environment, log }: SandboxOptions) {
    this.#definition = definition;
    const { bundle, handlerName } = bundleOf(definition);
    const task: SandboxTask = {
      bundle: pathToFileURL(bundle).href,
      handlerName,
      functionName: definition.name,
      memoryMegabytes: definition.memoryMegabytes,
    };
    this.#worker = new Worker(script, {
      workerData: task,
      env: { ...environment },
      execArgv: (environment['NODE_OPTIONS'] ?? '').split(' ').filter((option) => option === '--enable-source-maps'),
      resourceLimits: { maxOldGenerationSizeMb: definition.memoryMegabytes },
      stdout: true,
      stderr: true,
      name: definition.name,
    });
    this.#outputEnded = Promise.all([this.#worker.stdout, this.#worker.stderr].map((stream) => readLines(stream, log)));
    this.#ready = this.#nextReply(LONGEST_START_MS);
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#die(deathByError(error)));
    this.#worker.on('exit', (code) => this.#die(deathByExit(code)));
  }

  /** Why it can serve no more invocations; undefined while it can. */
  get death(): string | undefined {
    return this.#death?.error.errorMessage;
  }

  async invoke(invocation: Invocation): Promise<InvocationResult> {
    const started = await this.#ready;
    if (started.kind !== 'ready') return this.#failed(started);
    if (this.#death) return this.#failed(this.#death);
    const timeout = this.#definition.timeoutSeconds * 1000;
    const call: Call = { ...invocation, deadline: Date.now() + timeout };
    const reply = this.#nextReply(timeout);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(call);
    return this.#resultOf(await reply);
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#worker.terminate();
    await this.#outputEnded;
  }

  #resultOf(reply: Reply | Death): InvocationResult {
    if (reply.kind === 'returned') return { outcome: 'succeeded', payload: reply.payload };
    if (reply.kind === 'threw') return { outcome: 'failed', error: reply.error };
    return this.#failed(reply);
  }

  /** A failure after which the sandbox is of no use. */
  #failed(reply: Reply | Death): InvocationResult {
    if (this.#ended) return { outcome: 'interrupted' };
    const error = 'error' in reply ? reply.error : { errorType: 'Sandbox.Confused', errorMessage: reply.kind };
    this.#death ??= { kind: 'died', error };
    void this.#worker.terminate();
    return { outcome: 'failed', error };
  }

  #nextReply(timeout: number): Promise<Reply | Death> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(deathByTimeout(timeout)), timeout);
      this.#waiting = (reply) => {
        clearTimeout(timer);
        resolve(reply);
      };
    });
  }

  #settle(reply: Reply | Death): void {
    this.#waiting?.(reply);
    this.#waiting = undefined;
  }

  #die(death: Death): void {
    this.#death ??= death;
    this.#settle(this.#death);
  }
}

interface Death {
  readonly kind: 'died';
  readonly error: FunctionError;
}

function deathByTimeout(timeout: number): Death {
  const errorMessage = `Task timed out after ${(timeout / 1000).toFixed(2)} seconds`;
  return { kind: 'died', error: { errorType: 'Sandbox.Timedout', errorMessage } };
}

function deathByError(error: unknown): Death {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'died', error: { errorType: name, errorMessage: message, trace: stack.split('\n') } };
}

function deathByExit(code: number): Death {
  const errorMessage = `Runtime exited with exit status ${code}`;
  return { kind: 'died', error: { errorType: 'Runtime.ExitError', errorMessage } };
}

/** Calls with each line; a last one that was not ended counts, too. */
async function readLines(stream: Readable, log: (line: string) => void): Promise<void> {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(log);
  }
  if (rest !== '') log(rest);
}
