export const QUOTE: u32 = 34;
export const MINUS: u32 = 45;
export const POINT: u32 = 46;
export const COLON: u32 = 58;
const ZERO: u32 = 48;
const BACKSLASH: u32 = 92;

export function byteAt(at: usize): u32 {
  return load<u8>(at);
}

/** The digit at a place; 10 or more if there is none. */
export function digitAt(at: usize): u32 {
  return <u32>load<u8>(at) - ZERO;
}

export function skipDigits(at: usize): usize {
  while (digitAt(at) < 10) at++;
  return at;
}

/** Whether JSON allows these digits before a number's point: at least one, and no leading zero. */
export function isWholePart(start: usize, end: usize): bool {
  return end > start && (byteAt(start) != ZERO || end == start + 1);
}

/** Where the bytes end that stand for themselves in a JSON string, each a character. */
export function skipPlain(at: usize): usize {
  while (isPlain(byteAt(at))) at++;
  return at;
}

function isPlain(byte: u32): bool {
  return byte >= 32 && byte <= 126 && byte != QUOTE && byte != BACKSLASH;
}
