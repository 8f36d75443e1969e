import { expect, test } from 'vitest';
import { nextCapacity, PagedBlocks } from '../../../lib/core/network/paged-blocks.ts';
import { Random } from '../../bench/logs/random.ts';
import { seeds } from '../../seeded.ts';

interface List {
  place: number;
  capacity: number;
  readonly numbers: number[];
}

test('lists that grow side by side keep their numbers, also those longer than a page', () => {
  for (const seed of seeds(1)) {
    const random = new Random(seed);
    const blocks = new PagedBlocks();
    const lists = Array.from({ length: 60 }, (): List => ({ place: 0, capacity: 0, numbers: [] }));
    for (let round = 0; round < 600; round++) {
      // The first list grows to several pages, the others stay far below one.
      const isLong = random.chance(0.1);
      const list = lists[isLong ? 0 : 1 + random.below(lists.length - 1)]!;
      append(blocks, list, random.below(isLong ? 16_000 : 300));
    }
    const found = lists.map(({ place, numbers }) => {
      const start = blocks.offsetOf(place);
      return blocks.pageOf(place).slice(start, start + numbers.length);
    });
    expect(found).toEqual(lists.map(({ numbers }) => Int32Array.from(numbers)));
    expect(lists[0]!.capacity).toBeGreaterThan(2 ** 18);
  }
});

let written = 0;

function append(blocks: PagedBlocks, list: List, count: number): void {
  for (let index = 0; index < count; index++) {
    if (list.numbers.length === list.capacity) {
      const larger = nextCapacity(list.capacity);
      list.place = blocks.move(list.place, list.capacity, larger);
      list.capacity = larger;
    }
    blocks.pageOf(list.place)[blocks.offsetOf(list.place) + list.numbers.length] = written;
    list.numbers.push(written++);
  }
}
