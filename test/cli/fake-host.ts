import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';
import type { Host } from '../../lib/cli/host.ts';

/** A screen that remembers what was written to it. */
export class FakeScreen extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number;

  constructor({ isTTY = false, columns = 80 } = {}) {
    super();
    this.isTTY = isTTY;
    this.columns = columns;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}

interface FakeHostOptions {
  /** What comes on standard input, in one chunk or several. */
  readonly stdin?: string | readonly string[];
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** A process that is none, with a clock that goes on by a second whenever it is looked at. */
export class FakeHost extends EventEmitter implements Host {
  readonly stdin: Readable;
  readonly stdout: FakeScreen;
  readonly stderr: FakeScreen;
  readonly env = {};
  readonly pid = 4711;
  #seconds = 0;

  constructor({ stdin = '', isTTY = false, columns = 80 }: FakeHostOptions = {}) {
    super();
    const chunks = [stdin].flat().filter((chunk) => chunk !== '');
    this.stdin = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
    this.stdout = new FakeScreen({ isTTY, columns });
    this.stderr = new FakeScreen({ isTTY, columns });
  }

  uptime(): number {
    return this.#seconds++;
  }
}
