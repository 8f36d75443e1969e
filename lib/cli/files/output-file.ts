import type { Host } from '../host.ts';
import type { OutputKind, OutputTarget } from './inspect-output.ts';
import { device, fileAside, namedPipe, stream, type Sink } from './sinks.ts';
import { cannot } from './system-error.ts';

const OPEN = {
  'standard output': (_, host) => stream(host.stdout),
  'standard error': (_, host) => stream(host.stderr),
  'named pipe': namedPipe,
  device,
  file: fileAside,
} as const satisfies Readonly<Record<OutputKind, (target: OutputTarget, host: Host) => Sink | Promise<Sink>>>;

const BLOCK_LENGTH = 64 * 1024;

/** What is written for a block of text. */
type Encode = (text: string) => Buffer;

/** An output that collects small pieces of text and writes them in large ones. */
export class OutputFile {
  readonly #path: string;
  readonly #sink: Sink;
  readonly #encode: Encode;
  /** Encoded as soon as there is enough: many small pieces take more memory than their text. */
  #blocks: Buffer[] = [];
  #pending = '';
  #finished = false;

  private constructor(path: string, sink: Sink, encode: Encode) {
    this.#path = path;
    this.#sink = sink;
    this.#encode = encode;
  }

  static async open(
    target: OutputTarget,
    host: Host,
    encode: Encode = (text) => Buffer.from(text),
  ): Promise<OutputFile> {
    try {
      return new OutputFile(target.path, await OPEN[target.kind](target, host), encode);
    } catch (error) {
      throw cannot('write', target.path, error);
    }
  }

  write(text: string): void {
    this.#pending += text;
    if (this.#pending.length >= BLOCK_LENGTH) this.#endBlock();
  }

  /** To be called between pieces, again and again, so that they do not pile up. */
  async flush(): Promise<void> {
    const blocks = this.#blocks;
    this.#blocks = [];
    for (const block of blocks) await this.#trying(() => this.#sink.write(block));
  }

  /** What there is, though it is no large piece: for somebody who waits for it. */
  async flushAll(): Promise<void> {
    this.#endBlock();
    await this.flush();
  }

  async finish(): Promise<void> {
    await this.flushAll();
    await this.#trying(() => this.#sink.finish());
    this.#finished = true;
  }

  /** Unless it is finished, nothing of it stays. */
  async discard(): Promise<void> {
    if (!this.#finished) await this.#sink.discard();
  }

  #endBlock(): void {
    if (this.#pending !== '') this.#blocks.push(this.#encode(this.#pending));
    this.#pending = '';
  }

  async #trying(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      throw cannot('write', this.#path, error);
    }
  }
}
