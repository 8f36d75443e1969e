import { expect, test } from 'vitest';
import { GentleLines } from '../../../lib/cli/start/gentle-lines.ts';

class Setup {
  at = 100_000;
  readonly alarms: { readonly at: number; readonly action: () => void }[] = [];
  readonly told: number[] = [];
  readonly lines: GentleLines = new GentleLines({
    now: () => this.at,
    later: (milliseconds, action) => this.alarms.push({ at: this.at + milliseconds, action }),
    onHeldBack: () => this.told.push(this.lines.takeHeldBack()),
  });

  passTo(at: number): void {
    this.at = at;
    for (const alarm of this.alarms.splice(0)) {
      if (alarm.at <= at) alarm.action();
      else this.alarms.push(alarm);
    }
  }
}

test('few lines go through, however long it goes on', () => {
  const setup = new Setup();
  for (let count = 0; count < 20; count++) {
    expect(setup.lines.take(['a'])).toEqual(['a']);
    setup.passTo(setup.at + 1000);
  }
  expect(setup.alarms).toEqual([]);
  expect(setup.lines.takeHeldBack()).toBe(0);
});

test('of many lines the first ones go through, and the others are counted once, when the while is over', () => {
  const setup = new Setup();
  expect(setup.lines.take(['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
  setup.passTo(101_000);
  expect(setup.lines.take(['d', 'e', 'f'])).toEqual(['d']);
  expect(setup.lines.take(['g'])).toEqual([]);
  setup.passTo(103_999);
  expect(setup.told).toEqual([]);
  setup.passTo(104_000);
  expect(setup.told).toEqual([3]);
  expect(setup.lines.take(['h'])).toEqual(['h']);
});

test('what was held back is told before more goes through', () => {
  const setup = new Setup();
  setup.lines.take(['a', 'b', 'c', 'd', 'e']);
  setup.at = 110_000;
  expect(setup.lines.take(['f'])).toEqual([]);
  setup.passTo(110_000);
  expect(setup.told).toEqual([2]);
  expect(setup.lines.take(['g'])).toEqual(['g']);
});
