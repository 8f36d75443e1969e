import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TRANSACTION_DETECTORS } from '../../../lib/core/transactions/detectors.ts';
import { Model, trainModel } from '../../../lib/core/transactions/model.ts';
import { Profile } from '../../../lib/core/transactions/profile.ts';
import { restoreFeatures, saveFeatures } from '../../../lib/core/transactions/features.ts';
import { seeded } from '../../seeded.ts';
import { anyHistory, anyTransaction, profileOf, settledProfile, transaction, world } from './transactions.ts';

const KNOWLEDGE: readonly (readonly [string, Model | undefined])[] = [
  ['without a model', undefined],
  ['with a model', world.model],
  [
    'with a model that flags more',
    trainModel(
      world.judgements.map(({ features }) => features),
      { contamination: 0.2 },
    ),
  ],
];

describe.each(Object.entries(TRANSACTION_DETECTORS))('the %s detector', (_, detector) => {
  describe.each(KNOWLEDGE)('%s', (_, model) => {
    test('judges whatever comes, and changes nothing by it', () => {
      fc.assert(
        fc.property(anyHistory, anyTransaction, (history, next) => {
          const profile = profileOf(history);
          const before = profile.save();
          const judgement = detector.judge({ transaction: next, profile, model });
          expect(profile.save()).toEqual(before);
          expect(detector.judge({ transaction: next, profile, model })).toEqual(judgement);
          expect(judgement.score).toBeGreaterThanOrEqual(0);
          expect(judgement.score).toBeLessThanOrEqual(1);
          expect(judgement.score).toBe(Number(judgement.score.toFixed(6)));
          expect(judgement.score > 0.5).toBe(judgement.isAnomaly);
          expect(judgement.severity !== undefined).toBe(judgement.isAnomaly);
          expect(judgement.reasons.length > 0).toBe(judgement.isAnomaly);
          expect(judgement.surprise).toBeGreaterThanOrEqual(0);
          expect(new Set(judgement.reasons.map(({ kind }) => kind)).size).toBe(judgement.reasons.length);
        }),
        seeded(100),
      );
    });

    test('judges alike from a profile and features that were stored, and from a model that was', () => {
      const stored = model === undefined ? undefined : Model.restore(model.save());
      for (const each of world.transactions.slice(-200)) {
        const profile = world.profiles.get(each.user)!;
        const judgement = detector.judge({ transaction: each, profile, model });
        const again = detector.judge({ transaction: each, profile: Profile.restore(profile.save()), model: stored });
        expect(again).toEqual(judgement);
        expect(restoreFeatures(saveFeatures(judgement.features))).toEqual(judgement.features);
      }
    });

    test('finds nothing in what a user usually does, and much in what is nothing like it', () => {
      const profile = settledProfile();
      const usual = detector.judge({ transaction: transaction(), profile, model });
      const given = {
        amount: '95000.00',
        location: 'XX',
        merchantCategory: 'weapons',
        paymentMethod: 'cheque',
        time: 14_400,
      };
      const unusual = detector.judge({ transaction: transaction(given), profile, model });
      // Where one in five is flagged, the basic detector flags whom it does not know.
      const flagsMany = model?.report.contamination === 0.2;
      expect(flagsMany || !usual.isAnomaly).toBe(true);
      expect(unusual.isAnomaly).toBe(true);
      expect(unusual.score).toBeGreaterThan(usual.score);
    });
  });
});

describe('the severity', () => {
  test('rises with the score, from low over medium to high', () => {
    const ranks = { low: 1, medium: 2, high: 3 };
    const anomalies = world.judgements.filter(({ isAnomaly }) => isAnomaly).toSorted((a, b) => a.score - b.score);
    const judged = world.judgements
      .slice(1500)
      .filter(({ isAnomaly }) => isAnomaly)
      .toSorted((a, b) => a.score - b.score);
    const severities = judged.map(({ severity }) => ranks[severity!]);
    expect(severities).toEqual(severities.toSorted((a, b) => a - b));
    expect(new Set(anomalies.map(({ severity }) => severity))).toEqual(new Set(['low', 'medium', 'high']));
  });
});
