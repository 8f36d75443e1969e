import { NEWLINE } from '../events/line-buffer.ts';

export interface TextLine {
  /** Without its line ending. */
  readonly text: string;
  /** Whether its bytes are UTF-8; those that are not are replaced in the text. */
  readonly isValid: boolean;
}

/** Splits bytes into lines; a byte order mark at the start is passed over. All at once where all of it is UTF-8. */
export function splitLines(data: Uint8Array): TextLine[] {
  const bytes = withoutByteOrderMark(data);
  const whole = decode(bytes);
  if (whole.isValid) return whole.text.split('\n').map((text) => ({ text: withoutReturn(text), isValid: true }));
  return Array.from(linesOf(bytes), (line) => {
    const { text, isValid } = decode(line);
    return { text: withoutReturn(text), isValid };
  });
}

export function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function decode(bytes: Uint8Array): TextLine {
  try {
    return { text: strictDecoder.decode(bytes), isValid: true };
  } catch {
    return { text: decoder.decode(bytes), isValid: false };
  }
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    yield bytes.subarray(start, end);
    start = end + 1;
  }
  yield bytes.subarray(start);
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
