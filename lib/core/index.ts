// The package's public entry, `flagstone/core`; the project itself imports the files.
export type {
  Accepted,
  FriendshipChange,
  Micros,
  NetworkEvent,
  Parsed,
  Purchase,
  Rejected,
  Seconds,
  UserId,
} from './events/event.ts';
export { UnreadableStateError } from './cloud/unreadable-state-error.ts';
export { formatAmount } from './events/amount.ts';
export { parseLogHeader, type NetworkParameters } from './events/log-header.ts';
export { parseEvent } from './events/parse-event.ts';
export { formatTimestamp } from './events/timestamp.ts';
export { contaminationThreshold } from './forest/contamination-threshold.ts';
export type { ForestOptions } from './forest/forest-options.ts';
export { IsolationForest } from './forest/isolation-forest.ts';
export { LogReader, type FlaggedLine, type LogReaderOptions, type RejectedLine } from './network/log-reader.ts';
export {
  NetworkDetector,
  type Flag,
  type JudgedPurchase,
  type NetworkOptions,
  type UserState,
} from './network/network-detector.ts';
export type { KeptPurchase } from './network/purchase-record.ts';
export { TRANSACTION_DETECTORS, type TransactionMode } from './transactions/detectors.ts';
export { featuresOf, restoreFeatures, saveFeatures, type Features } from './transactions/features.ts';
export type { FreshJudgement, Reason, ReasonKind, Severity } from './transactions/judgement.ts';
export { LEAST_TRAINING, Model, trainModel, type TrainingOptions, type TrainingReport } from './transactions/model.ts';
export { parseTransaction } from './transactions/parse-transaction.ts';
export { Profile, type Verdict } from './transactions/profile.ts';
export type { Transaction, TransactionId } from './transactions/transaction.ts';
export type { JudgeRequest, TransactionDetector } from './transactions/transaction-detector.ts';
