import { rateByEwma } from './ewma.ts';
import { rateByIqr } from './iqr.ts';
import { rateByIsolationForest } from './isolation-forest.ts';
import type { Model } from './model.ts';
import { rateByMovingAverage } from './moving-average.ts';
import { rateByZScore } from './z-score.ts';

export const MODELS = {
  zScore: rateByZScore,
  iqr: rateByIqr,
  ewma: rateByEwma,
  movingAverage: rateByMovingAverage,
  isolationForest: rateByIsolationForest,
} as const satisfies Readonly<Record<string, Model>>;

export type ModelName = keyof typeof MODELS;

export const MODEL_NAMES = Object.keys(MODELS) as readonly ModelName[];

/** So many votes are a simple majority. */
export const MAJORITY = Math.floor(MODEL_NAMES.length / 2) + 1;
