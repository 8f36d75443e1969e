import type { Resources } from './resources.ts';
import type { Settings } from './settings.ts';

/** What the functions are told through their environment. */
export function environmentOf(settings: Settings, resources: Resources): Readonly<Record<string, string>> {
  return {
    STATE_TABLE: resources.table.tableName,
    TRANSACTION_TABLE: resources.transactionTable.tableName,
    PROFILE_TABLE: resources.profileTable.tableName,
    INPUT_BUCKET: resources.input.bucketName,
    OUTPUT_BUCKET: resources.output.bucketName,
    JOURNAL_BUCKET: resources.journal.bucketName,
    STREAM_NAME: resources.stream.streamName,
    DEFAULT_DEGREES: String(settings.degrees),
    DEFAULT_TRACKED: String(settings.tracked),
    KEPT_PURCHASES: String(settings.keptPurchases ?? ''),
    FLUSH_EVERY: String(settings.flushEvery),
    HISTORY_DAYS: String(settings.historyDays),
    TRANSACTION_DETECTOR: settings.transactionDetector,
    TRANSACTION_DAYS: String(settings.transactionDays),
    STREAM_RETENTION_HOURS: String(settings.streamRetentionHours),
    POWERTOOLS_LOG_LEVEL: 'INFO',
  };
}
