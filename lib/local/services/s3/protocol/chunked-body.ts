import { S3Error } from './s3-error.ts';

export interface ChunkedBody {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** What came behind the bytes; complete when all bytes have been read. */
  readonly trailers: ReadonlyMap<string, string>;
}

/** Takes `aws-chunked` framing off: `SIZE[;chunk-signature=…]` CRLF bytes CRLF … `0` CRLF trailers CRLF. */
export function unchunk(source: AsyncIterable<Uint8Array>): ChunkedBody {
  const trailers = new Map<string, string>();
  return { chunks: chunksOf(new ByteReader(source), trailers), trailers };
}

async function* chunksOf(reader: ByteReader, trailers: Map<string, string>): AsyncGenerator<Uint8Array> {
  for (let size = await readSize(reader); size > 0; size = await readSize(reader)) {
    yield* reader.bytes(size);
    if ((await reader.line()) !== '') throw new S3Error('IncompleteBody');
  }
  for (let line = await reader.line(); line !== undefined; line = await reader.line()) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

async function readSize(reader: ByteReader): Promise<number> {
  const size = /^([0-9a-f]{1,12})(?:;.*)?$/i.exec((await reader.line()) ?? '')?.[1];
  if (size === undefined) throw new S3Error('IncompleteBody', { message: 'The aws-chunked body ends or breaks off.' });
  return Number.parseInt(size, 16);
}

const MAX_LINE = 8 * 1024;

class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Without its CRLF, which the last line may lack; undefined at the end of the source. */
  async line(): Promise<string | undefined> {
    let end = this.#rest.indexOf('\r\n');
    while (end === -1) {
      if (this.#rest.length > MAX_LINE) throw new S3Error('IncompleteBody');
      const next = await this.#next();
      if (next === undefined) return this.#lastLine();
      this.#rest = Buffer.concat([this.#rest, next]);
      end = this.#rest.indexOf('\r\n');
    }
    const line = this.#rest.toString('latin1', 0, end);
    this.#rest = this.#rest.subarray(end + 2);
    return line;
  }

  #lastLine(): string | undefined {
    const line = this.#rest.length === 0 ? undefined : this.#rest.toString('latin1');
    this.#rest = Buffer.alloc(0);
    return line;
  }

  async *bytes(count: number): AsyncGenerator<Uint8Array> {
    for (let missing = count; missing > 0;) {
      if (this.#rest.length === 0) this.#rest = (await this.#next()) ?? this.#rest;
      if (this.#rest.length === 0) throw new S3Error('IncompleteBody');
      const piece = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(piece.length);
      missing -= piece.length;
      yield piece;
    }
  }

  async #next(): Promise<Buffer | undefined> {
    const { value, done } = await this.#source.next();
    return done === true ? undefined : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
}
