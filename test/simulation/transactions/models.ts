import { parseTransaction } from '../../../lib/core/transactions/parse-transaction.ts';
import { TRANSACTION_DETECTORS } from '../../../lib/core/transactions/detectors.ts';
import type { Features } from '../../../lib/core/transactions/features.ts';
import { LEAST_TRAINING, trainModel, type Model } from '../../../lib/core/transactions/model.ts';
import { Profile } from '../../../lib/core/transactions/profile.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import { Random } from '../../bench/logs/random.ts';

const CONTAMINATIONS = [0.05, 0.2, 0.4];

/** A few models that judge differently: to train one takes longer than a whole simulation. */
export const MODELS: readonly Model[] = makeModels();

function makeModels(): Model[] {
  const features = sampleFeatures(new Random(1));
  return CONTAMINATIONS.map((contamination, index) => trainModel(features, { contamination, seed: index + 1 }));
}

function sampleFeatures(random: Random): Features[] {
  const profiles = new Map<UserId, Profile>();
  return Array.from({ length: LEAST_TRAINING + 50 }, (_, number) => {
    const parsed = parseTransaction(
      JSON.stringify({
        transaction_id: `m${number}`,
        user_id: `u${random.below(5)}`,
        amount: `${10 + random.below(40)}.25`,
        timestamp: `2025-12-${10 + Math.floor(number / 20)} ${10 + random.below(10)}:00:00`,
        location: random.chance(0.9) ? 'DE' : 'BR',
        merchant_category: random.chance(0.9) ? 'groceries' : 'fuel',
        payment_method: 'card',
      }),
    );
    if (!parsed.ok) throw new Error(parsed.reason);
    const transaction = parsed.value;
    const profile = profiles.get(transaction.user) ?? Profile.empty();
    profiles.set(transaction.user, profile);
    const judgement = TRANSACTION_DETECTORS.enhanced.judge({ transaction, profile });
    profile.learn(transaction, judgement);
    return judgement.features;
  });
}
