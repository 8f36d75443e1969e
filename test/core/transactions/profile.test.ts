import { describe, expect, test } from 'vitest';
import { TRANSACTION_DETECTORS } from '../../../lib/core/transactions/detectors.ts';
import { Profile } from '../../../lib/core/transactions/profile.ts';
import { ANOMALOUS, DAY, HOUR, NORMAL, settledProfile, START, transaction } from './transactions.ts';

function danceClass(day: number, hour = 20) {
  return transaction({ merchantCategory: 'dance class', time: START + day * DAY + hour * HOUR });
}

describe('a profile', () => {
  test('tells what its user usually does', () => {
    const profile = settledProfile();
    expect(profile.count).toBe(200);
    expect(profile.amountQuantile(0.5)).toBeGreaterThan(45);
    expect(profile.amountQuantile(0.5)).toBeLessThan(60);
    expect(profile.amountQuantile(0.99)).toBeLessThan(80);
    expect(profile.categories.share('fuel')).toBeCloseTo(0.2);
    expect(profile.categories.share('jewellery')).toBe(0);
    expect([...profile.locations.names].map(([name]) => name)).toEqual(['AT', 'DE']);
    expect(profile.hours.weights[3]).toBe(0);
    expect(profile.hours.shareAround(START + 12 * HOUR)).toBe(1);
  });

  test('of nobody knows nothing, and is surprised by nothing', () => {
    const profile = Profile.empty();
    expect([profile.count, profile.period, profile.amountQuantile(0.5)]).toEqual([0, undefined, undefined]);
    expect([profile.categories.share('fuel'), profile.hours.shareAround(START)]).toEqual([0, 0]);
    expect(profile.categories.tail('fuel')).toBe(1);
    expect(profile.hours.tail(START)).toBe(1);
  });

  test('learns nothing from anomalies that come in a night', () => {
    const profile = settledProfile();
    const before = profile.categories.share('jewellery');
    for (let index = 0; index < 20; index++) {
      profile.learn(transaction({ merchantCategory: 'jewellery', time: START + index * 600 }), ANOMALOUS);
    }
    expect(profile.categories.share('jewellery')).toBe(before);
    expect(profile.count).toBe(200);
  });

  test('learns an anomaly that has come back after a week, and forgets one that has not for two months', () => {
    const profile = settledProfile();
    profile.learn(danceClass(0), ANOMALOUS);
    profile.learn(danceClass(3), ANOMALOUS);
    profile.learn(danceClass(8, 9), ANOMALOUS);
    expect(profile.count).toBe(200);
    profile.learn(danceClass(7, 21), ANOMALOUS);
    expect(profile.count).toBe(201);
    profile.learn(danceClass(80), ANOMALOUS);
    expect(profile.count).toBe(201);
  });

  test('does not flag a new habit for ever', () => {
    const profile = settledProfile();
    const flags: boolean[] = [];
    for (let day = 0; day < 60; day++) {
      const given = transaction({
        merchantCategory: 'public transport',
        location: 'CH',
        amount: '9.50',
        time: START + day * DAY + 7 * HOUR,
      });
      const judgement = TRANSACTION_DETECTORS.enhanced.judge({ transaction: given, profile });
      profile.learn(given, judgement);
      flags.push(judgement.isAnomaly);
    }
    expect(flags.slice(0, 7)).toEqual(Array.from({ length: 7 }, () => true));
    expect(flags.slice(30).filter(Boolean)).toEqual([]);
  });

  test('lets old habits fade, in time altogether', () => {
    const profile = settledProfile();
    for (let index = 0; index < 4000; index++) profile.learn(transaction({ time: START + index * HOUR }), NORMAL);
    expect(profile.categories.share('fuel')).toBe(0);
    expect(profile.locations.find('AT')).toBeUndefined();
    expect(profile.amounts.weight).toBeLessThan(501);
  });

  test('keeps the commonest of too many habits, and remembers how many the others were', () => {
    const profile = Profile.empty();
    for (let index = 0; index < 100; index++) {
      profile.learn(transaction({ location: index % 2 === 0 ? 'DE' : `place ${index}` }), NORMAL);
    }
    expect(profile.locations.share('DE')).toBeCloseTo(0.5, 1);
    // Half of the choices were new ones: one more is no surprise.
    expect(profile.locations.tail('place 1000')).toBeGreaterThan(0.35);
  });

  test('grows suspicious by unusual transactions, and trusts again in time', () => {
    const profile = settledProfile();
    expect(profile.suspicion.at(START)).toBe(0);
    profile.learn(transaction({ time: START }), ANOMALOUS);
    const after = profile.suspicion.at(START);
    expect(after).toBeGreaterThan(3);
    expect(profile.suspicion.at(START + 2 * DAY)).toBeCloseTo(after / 2);
    profile.learn(transaction({ time: START + 60 }), NORMAL);
    expect(profile.suspicion.at(START + 60)).toBeLessThan(after);
  });

  test('does not take two long names that begin alike for one', () => {
    const profile = Profile.empty();
    profile.learn(transaction({ merchant: 'x', merchantCategory: 'books and magazines, new' }), NORMAL);
    expect(profile.categories.find('books and magazines, new')).toBeDefined();
    expect(profile.categories.find('books and magazines, old')).toBeUndefined();
    profile.learn(transaction({ location: '\ud800' }), NORMAL);
    expect(profile.locations.find('\ud801')).toBeUndefined();
    profile.learn(transaction({ location: 'Österreich' }), NORMAL);
    expect([...profile.locations.names].map(([name]) => name)).toContain('Österreich');
  });
});
