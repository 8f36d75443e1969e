import { LineBuffer } from '../../core/events/line-buffer.ts';

export interface TextLine {
  /** From 1. */
  readonly number: number;
  /** Undefined for a line that is longer than any can be. */
  readonly text: string | undefined;
  /** Bytes of the text up to its end. */
  readonly end: number;
}

const NEWLINE = 10;
const BYTE_ORDER_MARK = /^\uFEFF/;

/** The lines of a text that comes in chunks, without their line ends and the byte order mark. */
export async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  let ready: TextLine[] = [];
  let number = 0;
  let end = 0;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const buffer = new LineBuffer({
    onLines: (bytes, from, to) => {
      for (let start = from; start < to;) {
        const next = bytes.indexOf(NEWLINE, start) + 1;
        end += next - start;
        const text = decoder.decode(bytes.subarray(start, next - 1)).replace(/\r$/, '');
        ready.push({ number: ++number, text: number === 1 ? text.replace(BYTE_ORDER_MARK, '') : text, end });
        start = next;
      }
    },
    onOverlong: () => ready.push({ number: ++number, text: undefined, end }),
  });
  const take = (): TextLine[] => ready.splice(0);
  for await (const chunk of chunks) {
    buffer.add(chunk);
    yield* take();
  }
  buffer.end();
  yield* take();
  ready = [];
}
