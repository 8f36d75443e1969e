import { MAJORITY, MODEL_NAMES, type ModelName } from './models.ts';

export interface Verdict {
  /** Whether most of the models call the value anomalous. */
  readonly anomaly: boolean;
  /** True once for an anomalous episode: at its onset. */
  readonly alert: boolean;
  /** From 0 to below 1: how far out of line the value is. Above 0.5 exactly where `anomaly` is true. */
  readonly score: number;
  readonly votes: Readonly<Record<ModelName, boolean>>;
}

/** The verdict where nothing can be said. */
export const QUIET: Verdict = {
  anomaly: false,
  alert: false,
  score: 0,
  votes: votesOf(MODEL_NAMES.map(() => 0)),
};

/** Of each model, in the order of the table: its rate in units of its limit. More than 1 is a vote. */
export type Strengths = ArrayLike<number> & Iterable<number>;

/** The strength that most of the models reach: more than 1 where most of them vote. */
function majorityStrength(strengths: Strengths): number {
  return Float64Array.from(strengths).toSorted().at(-MAJORITY)!;
}

export function verdictOf(strengths: Strengths, isOnset: (strength: number) => boolean): Verdict {
  const strength = majorityStrength(strengths);
  const anomaly = strength > 1;
  return {
    anomaly,
    alert: anomaly && isOnset(strength),
    score: strength / (1 + strength),
    votes: votesOf(strengths),
  };
}

function votesOf(strengths: Strengths): Record<ModelName, boolean> {
  return Object.fromEntries(MODEL_NAMES.map((name, model) => [name, strengths[model]! > 1])) as Record<
    ModelName,
    boolean
  >;
}
