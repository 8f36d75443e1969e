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
export { formatAmount } from './events/amount.ts';
export { parseLogHeader, type NetworkParameters } from './events/log-header.ts';
export { parseEvent } from './events/parse-event.ts';
export { formatTimestamp } from './events/timestamp.ts';
export { LogReader, type FlaggedLine, type LogReaderOptions, type RejectedLine } from './network/log-reader.ts';
export {
  NetworkDetector,
  type Flag,
  type JudgedPurchase,
  type NetworkOptions,
  type UserState,
} from './network/network-detector.ts';
export type { KeptPurchase } from './network/purchase-record.ts';
