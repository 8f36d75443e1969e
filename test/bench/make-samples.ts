import { writeLogs } from './generate-log.ts';
import { writePrices } from './logs/price-sample.ts';
import { SAMPLE_LOG_PATHS, SAMPLE_LOGS } from './logs/sample-logs.ts';
import { writeTransactions } from './logs/transaction-sample.ts';

await writeLogs(SAMPLE_LOGS, SAMPLE_LOG_PATHS);
await writePrices();
await writeTransactions();
