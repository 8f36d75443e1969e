/**
 * All memory of the engine: blocks of powers of two bytes. What a growing list leaves behind is given to others; a block
 * too large for them is halved.
 */

const SMALLEST_BITS: i32 = 5;
const PAGE_BITS: i32 = 16;
const MOST_BITS: i32 = 32;

/** By the logarithm of their size: the first of the free blocks, each of which begins with the address of the next one. */
const freeBlocks: usize = memory.data(4 * 32);

/** Throws. */
declare function outOfMemory(): void;

let end: u64 = (((<u64>__heap_base - 1) >> PAGE_BITS) + 1) << PAGE_BITS;

/** A block of 2^bits bytes, aligned to its size up to a page. What stands in it is arbitrary. */
export function allocate(bits: i32): usize {
  const wanted = max(bits, SMALLEST_BITS);
  let found = wanted;
  while (found < MOST_BITS && firstFree(found) == 0) found++;
  let block: usize;
  if (found < MOST_BITS) {
    block = firstFree(found);
    store<usize>(freeBlocks + ((<usize>found) << 2), load<usize>(block));
  } else {
    found = max(wanted, PAGE_BITS);
    block = extend(found);
  }
  while (found > wanted) release(block + ((<usize>1) << --found), found);
  return block;
}

/** Takes a block of 2^bits bytes back. */
export function release(block: usize, bits: i32): void {
  const list = freeBlocks + ((<usize>max(bits, SMALLEST_BITS)) << 2);
  store<usize>(block, load<usize>(list));
  store<usize>(list, block);
}

/** Moves a block to one of twice its size, of which the other half is zero. */
export function double(block: usize, bits: i32): usize {
  const size = (<usize>1) << bits;
  const larger = allocate(bits + 1);
  memory.copy(larger, block, size);
  memory.fill(larger + size, 0, size);
  release(block, bits);
  return larger;
}

export function allocateZeroed(bits: i32): usize {
  const block = allocate(bits);
  memory.fill(block, 0, (<usize>1) << bits);
  return block;
}

function firstFree(bits: i32): usize {
  return load<usize>(freeBlocks + ((<usize>bits) << 2));
}

/** Pages that are never written to take no memory: growing by more than is needed costs nothing and saves calls. */
function extend(bits: i32): usize {
  const block = end;
  end += (<u64>1) << bits;
  const missing = <i32>(end >> PAGE_BITS) - memory.size();
  if (missing > 0 && memory.grow(max(missing, memory.size() >> 2)) < 0 && memory.grow(missing) < 0) outOfMemory();
  return <usize>block;
}
