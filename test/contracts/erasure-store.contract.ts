import { expect, test } from 'vitest';
import type { ErasureStore } from '../../lib/adapters/erasure/erasure-store.ts';
import { newErasure } from '../../lib/core/erasure/erasure.ts';

/** What every store of removals has to do. `prepare` gives an empty one. */
export function testErasureStore(prepare: () => Promise<ErasureStore>): void {
  test('removals come back until they are deleted, in the order of their names', async () => {
    const store = await prepare();
    const [one, other] = [
      newErasure({ kind: 'client', client: 'a' }, 1),
      newErasure({ kind: 'client', client: 'ü' }, 2),
    ];
    expect([await store.read('b'), await store.readAll()]).toEqual([undefined, []]);
    await store.write('b', other);
    await store.write('a', one);
    await store.write('b', { ...other, passes: 1 });
    expect(await store.read('b')).toEqual({ ...other, passes: 1 });
    expect((await store.readAll()).map(({ name }) => name)).toEqual(['a', 'b']);
    await store.delete('a');
    await store.delete('never written');
    expect((await store.readAll()).map(({ erasure }) => erasure)).toEqual([{ ...other, passes: 1 }]);
  });
}
