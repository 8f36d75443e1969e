import { describe, expect, test } from 'vitest';
import { readSeriesSettings } from '../../../lib/adapters/series/series-settings.ts';

const ENVIRONMENT = {
  SERIES_TABLE: 'series',
  SERIES_CALLBACK_URL: 'https://api.example/series',
  SERIES_LIMITS: 'textbook',
  SERIES_DAYS: '30',
};

describe('the settings of the series', () => {
  test('are read', () => {
    expect(readSeriesSettings(ENVIRONMENT)).toEqual({
      table: 'series',
      callbackUrl: 'https://api.example/series',
      limits: 'textbook',
      keptMs: 30 * 86_400_000,
    });
  });

  test.each([
    [{ SERIES_TABLE: undefined }, 'the environment variable SERIES_TABLE is missing'],
    [{ SERIES_LIMITS: 'tight' }, /^SERIES_LIMITS must be one of .*textbook.* \(given tight\)$/],
    [{ SERIES_DAYS: '0' }, 'SERIES_DAYS must be an integer of at least 1 (given 0)'],
    [{ SERIES_DAYS: '1.5' }, '(given 1.5)'],
  ])('fail with %j', (change, reason) => {
    expect(() => readSeriesSettings({ ...ENVIRONMENT, ...change })).toThrow(reason);
  });
});
