export const MODEL_NAMES = ['zScore', 'iqr', 'ewma', 'movingAverage', 'isolationForest'] as const;

export type ModelName = (typeof MODEL_NAMES)[number];
