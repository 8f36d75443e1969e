export const TRANSACTION_TABLE = 'transactions';
export const PROFILE_TABLE = 'profiles';
export const OUTPUT_BUCKET = 'output';
export const JOURNAL_BUCKET = 'journal';
