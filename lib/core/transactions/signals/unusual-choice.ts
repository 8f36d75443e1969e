import type { HabitTable } from '../habit-table.ts';
import type { ReasonKind } from '../judgement.ts';
import type { Profile } from '../profile.ts';
import type { Transaction } from '../transaction.ts';
import type { Signal } from './signal.ts';
import { named, percent } from './wording.ts';

interface Choice {
  readonly kind: ReasonKind;
  /** What the choice is between, for a sentence. */
  readonly noun: string;
  readonly chosen: (transaction: Transaction) => string;
  readonly habits: (profile: Profile) => HabitTable;
}

/** A choice that the user rarely or never makes. */
export function unusualChoice({ kind, noun, chosen, habits }: Choice): Signal {
  return {
    kind,
    unit: 'nats',
    rareAmong: 'all',
    measure: ({ transaction, profile }) => -Math.log(habits(profile).tail(chosen(transaction))),
    explain({ transaction, profile }) {
      const share = habits(profile).share(chosen(transaction));
      const name = `${noun} ${named(chosen(transaction))}`;
      return share === 0
        ? `${name} is new for this user, after ${profile.count} transactions`
        : `${name} is unusual: ${percent(share)} of this user's transactions have it`;
    },
  };
}
