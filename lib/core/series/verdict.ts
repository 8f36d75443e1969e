import type { ModelName } from './models.ts';

export interface Verdict {
  /** Whether most of the models call the value anomalous. */
  readonly anomaly: boolean;
  /** True once for an anomalous episode: at its onset. */
  readonly alert: boolean;
  /** From 0 to below 1: how far out of line the value is. Above 0.5 exactly where `anomaly` is true. */
  readonly score: number;
  readonly votes: Readonly<Record<ModelName, boolean>>;
}
