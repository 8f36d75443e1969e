import { basicDetector } from './basic-detector.ts';
import { enhancedDetector } from './enhanced-detector.ts';
import type { TransactionDetector } from './transaction-detector.ts';

/** The modes that transactions can be judged in. */
export const TRANSACTION_DETECTORS = {
  basic: basicDetector,
  enhanced: enhancedDetector,
} as const satisfies Record<string, TransactionDetector>;

export type TransactionMode = keyof typeof TRANSACTION_DETECTORS;

export const TRANSACTION_MODES = Object.keys(TRANSACTION_DETECTORS) as readonly TransactionMode[];
